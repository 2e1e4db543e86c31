package io.github.releasepipeline.core.figure;

import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;

/** Tells which versions were made to correct another one. */
final class Hotfixes {
    private Hotfixes() {}

    /** Whether a version was made on the hotfix lane or holds a change set of that type; neither changes any more. */
    static boolean contain(PipelineReader reader, VersionId id) {
        return reader.find(id)
                .map(Stored::snapshot)
                .filter(version -> version.hotfix().isPresent() || holdsHotfix(reader, version))
                .isPresent();
    }

    private static boolean holdsHotfix(PipelineReader reader, Version version) {
        return version.changeSets().stream()
                .flatMap(set -> reader.find(set).stream())
                .anyMatch(set -> set.snapshot().type() == ChangeType.HOTFIX);
    }
}
