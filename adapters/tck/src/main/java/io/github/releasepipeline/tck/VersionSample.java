package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Hotfix;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds a version. */
public final class VersionSample {
    private final VersionId id;
    private final VersionNumber number;
    private Digest manifest = Sample.manifest("workflows/a.json").digest();
    private String notes = "# Notes\n";
    private Actor createdBy = Sample.ALICE;
    private Instant createdAt = Sample.NOW;
    private Optional<Hotfix> hotfix = Optional.empty();
    private List<MissingHotfix> missing = List.of();
    private VersionState state = new VersionState.Published(Sample.NOW);

    VersionSample(String id, VersionNumber number) {
        this.id = new VersionId(id);
        this.number = number;
    }

    /** Digest of its manifest. */
    public VersionSample manifest(Digest digest) {
        manifest = digest;
        return this;
    }

    /** Its notes. */
    public VersionSample notes(String markdown) {
        notes = markdown;
        return this;
    }

    /** It corrects a version. */
    public VersionSample hotfix(VersionNumber base) {
        hotfix = Optional.of(new Hotfix(new VersionId("v-base"), base, Sample.PRODUCTION));
        return this;
    }

    /** It lacks hotfixes. */
    public VersionSample missing(MissingHotfix... hotfixes) {
        missing = List.of(hotfixes);
        return this;
    }

    /** Who made it. */
    public VersionSample createdBy(Actor actor) {
        createdBy = actor;
        return this;
    }

    /** When it was made. */
    public VersionSample createdAt(Instant instant) {
        createdAt = instant;
        return this;
    }

    /** How far it is. */
    public VersionSample state(VersionState now) {
        state = now;
        return this;
    }

    /** Its tag is not made yet. */
    public VersionSample draft() {
        return state(new VersionState.Draft());
    }

    /** It was given up before it was published. */
    public VersionSample discarded() {
        return state(new VersionState.Discarded("wrong commit", Sample.NOW));
    }

    /** The version. */
    public Version build() {
        return new Version(
                id,
                number,
                Bump.MINOR,
                "new features",
                Sample.commit(1),
                Optional.empty(),
                List.of(),
                List.of(),
                manifest,
                ItemCounts.of(List.of("workflow")),
                ItemCounts.of(List.of("workflow")),
                notes,
                hotfix,
                missing,
                createdBy,
                createdAt,
                Optional.empty(),
                state);
    }
}
