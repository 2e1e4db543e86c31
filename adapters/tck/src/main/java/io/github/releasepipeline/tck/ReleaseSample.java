package io.github.releasepipeline.tck;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Approval;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds a release. */
public final class ReleaseSample {
    private static final Manifest MANIFEST = Sample.manifest("workflows/a.json");

    private final ReleaseId id;
    private ReleaseKind kind = ReleaseKind.DEPLOY;
    private EnvironmentName environment = Sample.PRODUCTION;
    private Actor requestedBy = Sample.ALICE;
    private Instant requestedAt = Sample.NOW;
    private Optional<String> reason = Optional.empty();
    private List<Approval> approvals = List.of();
    private List<Attempt> attempts = List.of();
    private ReleaseState state = new ReleaseState.PendingApproval(Sample.NOW, Optional.empty());

    ReleaseSample(String id) {
        this.id = new ReleaseId(id);
    }

    /** Deployment or rollback. */
    public ReleaseSample kind(ReleaseKind sort) {
        kind = sort;
        return this;
    }

    /** Where to. */
    public ReleaseSample environment(EnvironmentName name) {
        environment = name;
        return this;
    }

    /** Who asked for it. */
    public ReleaseSample requestedBy(Actor actor) {
        requestedBy = actor;
        return this;
    }

    /** When it was asked for. */
    public ReleaseSample requestedAt(Instant instant) {
        requestedAt = instant;
        return this;
    }

    /** Why it was asked for. */
    public ReleaseSample reason(String text) {
        reason = Optional.of(text);
        return this;
    }

    /** Who voted for it. */
    public ReleaseSample approvals(Approval... votes) {
        approvals = List.of(votes);
        return this;
    }

    /** Its executions. */
    public ReleaseSample attempts(Attempt... executions) {
        attempts = List.of(executions);
        return this;
    }

    /** How far it is. */
    public ReleaseSample state(ReleaseState now) {
        state = now;
        return this;
    }

    /** The release. */
    public Release build() {
        ItemCounts none = ItemCounts.of(List.of());
        return new Release(
                id,
                kind,
                new VersionId("version-of-" + id),
                Sample.number(1, 3, 0),
                MANIFEST.digest(),
                environment,
                requestedBy,
                requestedAt,
                reason,
                EnvironmentPolicy.of(Tier.PRODUCTION),
                new PlanSummary(
                        MANIFEST.digest(), Manifest.empty().digest(), MANIFEST.counts(), none, none, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Release.Order.FORWARD,
                approvals,
                attempts,
                Optional.empty(),
                List.of(),
                state);
    }
}
