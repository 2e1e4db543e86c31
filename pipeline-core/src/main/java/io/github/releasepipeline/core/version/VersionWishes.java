package io.github.releasepipeline.core.version;

import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import java.util.Map;
import java.util.Optional;

/**
 * What a person wants of a version, beyond its change sets.
 *
 * @param line the component whose line it is for; empty for the repository's one line
 * @param number the number, if they chose it
 * @param bump the increment, if they chose it; a number goes before it
 * @param notes their own notes; generated if absent
 * @param commit the commit; the newest merge of the sets if absent
 * @param hotfix what it corrects, if it is to be a hotfix
 * @param withoutHotfixes why hotfixes may be missing, by their tags
 */
public record VersionWishes(
        String line,
        Optional<String> number,
        Optional<Bump> bump,
        Optional<String> notes,
        Optional<String> commit,
        Optional<Hotfix> hotfix,
        Map<String, String> withoutHotfixes) {
    /** Copies the map. */
    public VersionWishes {
        withoutHotfixes = Map.copyOf(withoutHotfixes);
    }

    /** No wishes. */
    public static VersionWishes none() {
        return new VersionWishes(
                "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
    }
}
