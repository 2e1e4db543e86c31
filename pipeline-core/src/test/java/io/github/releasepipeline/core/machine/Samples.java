package io.github.releasepipeline.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Subjects for tests, made as the engine makes them: by folding events. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    public static final Actor ALICE = Actor.user("alice");
    public static final Actor BOB = Actor.user("bob");
    public static final Actor ROBOT = Actor.service("robot");
    public static final EnvironmentName STAGING = new EnvironmentName("staging");
    public static final ReleaseId RELEASE = new ReleaseId("r1");
    public static final VersionId VERSION = new VersionId("v1");
    public static final Digest MANIFEST = Digest.of("manifest");
    public static final ItemCounts NO_ITEMS = ItemCounts.of(List.of());

    private Samples() {}

    public static Stamp by(Actor actor, String reason) {
        return new Stamp(actor, NOON, Optional.of(reason).filter(text -> !text.isEmpty()));
    }

    public static CommitId commit(String name) {
        return new CommitId(Digest.of(name).hex());
    }

    public static VersionNumber number(long major, long minor, long patch) {
        return new VersionNumber("", major, minor, patch, "", "");
    }

    public static EnvironmentPolicy policy(ApprovalRule... approvals) {
        EnvironmentPolicy plain = EnvironmentPolicy.of(Tier.PRODUCTION);
        return new EnvironmentPolicy(
                plain.tier(),
                List.of(approvals),
                plain.refusedApprovers(),
                plain.upstream(),
                plain.bypass(),
                plain.line(),
                plain.gates(),
                plain.queueOrder(),
                plain.start(),
                plain.preReleases(),
                plain.approvalExpiry(),
                plain.windows(),
                plain.steps());
    }

    public static PlanSummary plan(String digest, String observed) {
        return new PlanSummary(Digest.of(digest), Digest.of(observed), NO_ITEMS, NO_ITEMS, NO_ITEMS, Optional.empty());
    }

    public static ReleaseEvent.Requested requested(EnvironmentPolicy policy) {
        return new ReleaseEvent.Requested(
                ReleaseKind.DEPLOY,
                VERSION,
                number(1, 3, 0),
                MANIFEST,
                STAGING,
                policy,
                plan("plan", "observed"),
                Optional.empty());
    }

    public static ReleaseEvent.Requested rollbackRequested() {
        return new ReleaseEvent.Requested(
                ReleaseKind.ROLLBACK,
                VERSION,
                number(1, 2, 0),
                MANIFEST,
                STAGING,
                policy(),
                plan("plan", "observed"),
                Optional.of(new RollbackOf(new ReleaseId("r0"), new VersionId("v2"), number(1, 3, 0))));
    }

    /** A release that Alice requested at noon, after some events of hers. */
    public static Release release(ReleaseEvent.Requested requested, ReleaseEvent... events) {
        Release release = ReleaseMachine.MACHINE.fold(RELEASE, Optional.empty(), requested, by(ALICE, ""));
        return after(release, ALICE, events);
    }

    public static Release after(Release release, Actor actor, ReleaseEvent... events) {
        Release now = release;
        for (ReleaseEvent event : events) {
            now = ReleaseMachine.MACHINE.fold(now.id(), Optional.of(now), event, by(actor, ""));
        }
        return now;
    }

    public static VersionEvent.Drafted drafted(VersionNumber number) {
        return new VersionEvent.Drafted(
                number,
                Bump.MINOR,
                "because",
                commit("tip"),
                Optional.empty(),
                List.of(new ChangeSetId("c1")),
                List.of(7L),
                MANIFEST,
                NO_ITEMS,
                NO_ITEMS,
                "# Notes",
                Optional.empty(),
                List.of());
    }

    public static Version version(VersionNumber number, VersionEvent... events) {
        return version(VERSION, number, events);
    }

    public static Version version(VersionId id, VersionNumber number, VersionEvent... events) {
        Version version = VersionMachine.MACHINE.fold(id, Optional.empty(), drafted(number), by(ALICE, ""));
        for (VersionEvent event : events) {
            version = VersionMachine.MACHINE.fold(id, Optional.of(version), event, by(ALICE, "reason"));
        }
        return version;
    }

    public static Version published() {
        return version(number(1, 3, 0), new VersionEvent.Published());
    }

    public static ActiveVersion active(VersionNumber number, Digest manifest, Instant since) {
        return new ActiveVersion(VERSION, number, manifest, RELEASE, since, Optional.of(since));
    }

    public static ChangeSet changeSet(String id, ChangeType type, List<Long> pullRequests, ChangeSetEvent... events) {
        ChangeSetId setId = new ChangeSetId(id);
        ChangeSet set = ChangeSetMachine.MACHINE.fold(
                setId,
                Optional.empty(),
                new ChangeSetEvent.Created("Set " + id, "", type, pullRequests),
                by(ALICE, ""));
        for (ChangeSetEvent event : events) {
            set = ChangeSetMachine.MACHINE.fold(setId, Optional.of(set), event, by(ALICE, "reason"));
        }
        return set;
    }

    public static Progress merged(String commit) {
        return new Progress.Merged(new MergedRange(commit("base"), commit(commit)), NOON, Optional.empty());
    }

    public static PullRequest pullRequest(long number, String title, Progress progress, String... labels) {
        return new PullRequest(
                new PullRequestId("acme/flows", number),
                title,
                "alice",
                progress,
                List.of(labels),
                ReviewSummary.none(),
                CheckSummary.none(),
                List.of(),
                commit("head " + number),
                "main",
                NOON,
                NOON,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static Item item(String path, String content) {
        return new Item(new ItemId("workflow", path), Digest.of(content));
    }

    public static ItemChange created(String path) {
        return ItemChange.created(item(path, path));
    }

    /** What a decision accepted. */
    public static List<DomainEvent> accepted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).events();
    }

    /** What a decision refused. */
    public static Decision.Refused refused(Decision decision, String rule) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        Decision.Refused refused = (Decision.Refused) decision;
        assertThat(refused.rule()).isEqualTo(rule);
        return refused;
    }
}
