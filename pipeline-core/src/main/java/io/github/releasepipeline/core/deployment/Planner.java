package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.Plans;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks at targets and says what a release would do there. Foreign calls: never in a transaction. */
public final class Planner {
    private final Engine engine;
    private final ItemRepository repository;

    /** @param repository where the bytes of the items are */
    public Planner(Engine engine, ItemRepository repository) {
        this.engine = engine;
        this.repository = repository;
    }

    /** What a release of a version into an environment would do now. */
    public Plan plan(Version version, WiredEnvironment wired) {
        Environment environment = remembered(wired);
        Optional<VersionId> back = Stream.concat(environment.active().stream(), environment.former().stream())
                .map(ActiveVersion::version)
                .filter(former -> !former.equals(version.id()))
                .filter(former -> engine.get(former).state().kind() == VersionState.Kind.PUBLISHED)
                .findFirst();
        return Plans.plan(
                version, manifest(version.manifest()), wired.target().observe().active(), wired.policy(), back);
    }

    /** A version's items for a target, against what it holds now. */
    Artifacts artifacts(Version version, Manifest manifest, WiredEnvironment wired) {
        return new StoredArtifacts(
                manifest, Plans.operations(manifest, wired.target().observe().active()), version.commit(), repository);
    }

    /** No items at all. */
    Artifacts nothing(CommitId anyCommit) {
        return new StoredArtifacts(Manifest.empty(), List.of(), anyCommit, repository);
    }

    /** What an environment remembers. */
    public Environment remembered(WiredEnvironment wired) {
        return engine.reader().find(wired.id()).map(Stored::snapshot).orElse(Environment.fresh(wired.name()));
    }

    /** A manifest that was kept. */
    Manifest manifest(Digest digest) {
        return engine.reader().manifest(digest).orElseThrow(() -> new NotFoundException("manifest", digest.toString()));
    }
}
