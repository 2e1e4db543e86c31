package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.DriftRules;
import io.github.releasepipeline.core.release.Plans;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Drift;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Plan;
import io.github.releasepipeline.release.Rollbackability;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
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
        return plan(version, wired, wired.policy());
    }

    /** What a release that has to meet a policy would do now. */
    public Plan plan(Version version, WiredEnvironment wired, EnvironmentPolicy policy) {
        return plan(version, wired, policy, remembered(wired));
    }

    /** What a release would do in an environment that remembers this. */
    public Plan plan(Version version, WiredEnvironment wired, EnvironmentPolicy policy, Environment remembered) {
        return plan(version, policy, remembered, wired.target().observe().active());
    }

    /** What a release would do if the environment held this. */
    public Plan plan(Version version, WiredEnvironment wired, EnvironmentPolicy policy, Manifest observed) {
        return plan(version, policy, remembered(wired), observed);
    }

    private Plan plan(Version version, EnvironmentPolicy policy, Environment remembered, Manifest observed) {
        Optional<VersionId> back =
                rollbackability(version.id(), remembered) instanceof Rollbackability.Possible possible
                        ? Optional.of(possible.target())
                        : Optional.empty();
        return Plans.plan(version, manifest(version.manifest()), observed, policy, back);
    }

    /** Whether a deployment of a version could be rolled back. */
    public Rollbackability rollbackability(VersionId version, WiredEnvironment wired) {
        return rollbackability(version, remembered(wired));
    }

    private Rollbackability rollbackability(VersionId version, Environment environment) {
        return Plans.rollbackability(Stream.concat(environment.active().stream(), environment.former().stream())
                .map(ActiveVersion::version)
                .filter(other -> !other.equals(version))
                .map(engine::get));
    }

    /** What an environment's target really holds against what the pipeline brought there. */
    public Drift drift(WiredEnvironment wired) {
        Manifest found = wired.target().observe().active();
        Optional<ActiveVersion> active = remembered(wired).active();
        Manifest expected = active.map(version -> manifest(version.manifest())).orElse(Manifest.empty());
        return new Drift(wired.name(), active, DriftRules.items(expected, found));
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

    /** What an environment remembered when this node saw it last. */
    public Environment seen(WiredEnvironment wired) {
        return engine.reader().seen(wired.id()).map(Stored::snapshot).orElse(Environment.fresh(wired.name()));
    }

    /** A manifest that was kept. */
    Manifest manifest(Digest digest) {
        return engine.reader().manifest(digest).orElseThrow(() -> new NotFoundException("manifest", digest.toString()));
    }
}
