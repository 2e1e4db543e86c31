package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Bump;
import java.util.Optional;

/**
 * What a person wants of a version, beyond its change sets.
 *
 * @param number the number, if they chose it
 * @param bump the increment, if they chose it; a number goes before it
 * @param notes their own notes; generated if absent
 * @param commit the commit; the newest merge of the sets if absent
 */
public record VersionWishes(
        Optional<String> number, Optional<Bump> bump, Optional<String> notes, Optional<String> commit) {
    /** No wishes. */
    public static VersionWishes none() {
        return new VersionWishes(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
