package io.github.releasepipeline.release;

import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;

/** Whether a deployment could be rolled back without choosing a version. */
public sealed interface Rollbackability {
    /**
     * It could.
     *
     * @param target the version that it would go back to
     * @param number that version's number
     */
    record Possible(VersionId target, VersionNumber number) implements Rollbackability {}

    /**
     * It could not.
     *
     * @param why a sentence for people
     */
    record Impossible(String why) implements Rollbackability {}
}
