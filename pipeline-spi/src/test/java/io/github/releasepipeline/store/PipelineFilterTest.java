package io.github.releasepipeline.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineFilterTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Window AROUND_NOON = new Window(NOON, NOON.plusSeconds(1));
    private static final Window AFTER_NOON = new Window(NOON.plusSeconds(1), NOON.plusSeconds(9));
    private static final PipelineFilter ALL = PipelineFilter.all();
    private static final CommitId COMMIT = new CommitId("a".repeat(40));
    private static final VersionNumber NUMBER = new VersionNumber("", 1, 0, 0, "", "");

    private static ItemId id(String path) {
        return new ItemId("workflow", path);
    }

    private static PullRequest pullRequest() {
        return new PullRequest(
                new PullRequestId("acme/flows", 7),
                "title",
                "alice",
                new PullRequest.Progress.Open(),
                List.of("urgent"),
                ReviewSummary.none(),
                CheckSummary.none(),
                List.of(ChangedItem.created(id("new.json")), ChangedItem.renamed(id("old.json"), id("to.json"))),
                COMMIT,
                "main",
                NOON,
                NOON.plusSeconds(99),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ChangeSet changeSet() {
        return new ChangeSet(
                new ChangeSetId("c"),
                "name",
                "",
                ChangeType.FIX,
                List.of(7L),
                Actor.user("alice"),
                NOON,
                new ChangeSetState.Draft());
    }

    private static Version version() {
        return new Version(
                new VersionId("v"),
                NUMBER,
                Bump.MINOR,
                "because",
                COMMIT,
                Optional.empty(),
                List.of(),
                List.of(),
                Digest.of(""),
                ItemCounts.of(List.of()),
                ItemCounts.of(List.of()),
                "",
                Optional.empty(),
                List.of(),
                Actor.user("alice"),
                NOON,
                Optional.empty(),
                new VersionState.Draft());
    }

    private static Release release(ReleaseState state) {
        ItemCounts none = ItemCounts.of(List.of());
        return new Release(
                new ReleaseId("r"),
                ReleaseKind.DEPLOY,
                new VersionId("v"),
                NUMBER,
                Digest.of(""),
                new EnvironmentName("staging"),
                Actor.user("alice"),
                NOON,
                Optional.empty(),
                EnvironmentPolicy.of(Tier.STAGING),
                new PlanSummary(Digest.of("p"), Digest.of("o"), none, none, none, Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Release.Order.FORWARD,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                state);
    }

    @Test
    void nothing_said_filters_nothing() {
        assertThat(ALL.accepts(pullRequest())).isTrue();
        assertThat(ALL.accepts(changeSet())).isTrue();
        assertThat(ALL.accepts(version())).isTrue();
        assertThat(ALL.accepts(release(new ReleaseState.Ready(NOON)))).isTrue();
    }

    @Test
    void time_of_creation_filters_all_four_stages() {
        assertThat(ALL.created(AROUND_NOON).accepts(pullRequest())).isTrue();
        assertThat(ALL.created(AFTER_NOON).accepts(pullRequest())).isFalse();
        assertThat(ALL.created(AROUND_NOON).accepts(changeSet())).isTrue();
        assertThat(ALL.created(AFTER_NOON).accepts(changeSet())).isFalse();
        assertThat(ALL.created(AROUND_NOON).accepts(version())).isTrue();
        assertThat(ALL.created(AFTER_NOON).accepts(version())).isFalse();
        assertThat(ALL.created(AROUND_NOON).accepts(release(new ReleaseState.Ready(NOON))))
                .isTrue();
        assertThat(ALL.created(AFTER_NOON).accepts(release(new ReleaseState.Ready(NOON))))
                .isFalse();
    }

    @Test
    void a_person_filters_all_four_stages() {
        assertThat(ALL.by("alice").accepts(pullRequest())).isTrue();
        assertThat(ALL.by("bob").accepts(pullRequest())).isFalse();
        assertThat(ALL.by("alice").accepts(changeSet())).isTrue();
        assertThat(ALL.by("bob").accepts(changeSet())).isFalse();
        assertThat(ALL.by("alice").accepts(version())).isTrue();
        assertThat(ALL.by("bob").accepts(version())).isFalse();
        assertThat(ALL.by("alice").accepts(release(new ReleaseState.Ready(NOON))))
                .isTrue();
        assertThat(ALL.by("bob").accepts(release(new ReleaseState.Ready(NOON)))).isFalse();
    }

    @Test
    void each_stage_has_its_own_states() {
        PipelineFilter open = ALL.pullRequests(PullRequestStatus.OPEN, PullRequestStatus.DRAFT);
        assertThat(open.accepts(pullRequest())).isTrue();
        assertThat(ALL.pullRequests(PullRequestStatus.MERGED).accepts(pullRequest()))
                .isFalse();
        assertThat(ALL.changeSets(ChangeSetState.Kind.DRAFT).accepts(changeSet()))
                .isTrue();
        assertThat(ALL.changeSets(ChangeSetState.Kind.READY).accepts(changeSet()))
                .isFalse();
        assertThat(ALL.versions(VersionState.Kind.DRAFT).accepts(version())).isTrue();
        assertThat(ALL.versions(VersionState.Kind.BLOCKED).accepts(version())).isFalse();
        assertThat(ALL.releases(ReleaseState.Kind.READY).accepts(release(new ReleaseState.Ready(NOON))))
                .isTrue();
        assertThat(ALL.releases(ReleaseState.Kind.FAILED).accepts(release(new ReleaseState.Ready(NOON))))
                .isFalse();
    }

    @Test
    void an_environment_and_an_end_filter_releases_only() {
        EnvironmentName staging = new EnvironmentName("staging");
        Release ended = release(new ReleaseState.Succeeded(NOON));
        assertThat(ALL.in(staging).accepts(ended)).isTrue();
        assertThat(ALL.in(new EnvironmentName("production")).accepts(ended)).isFalse();
        assertThat(ALL.finished(AROUND_NOON).accepts(ended)).isTrue();
        assertThat(ALL.finished(AFTER_NOON).accepts(ended)).isFalse();
        assertThat(ALL.finished(AROUND_NOON).accepts(release(new ReleaseState.Ready(NOON))))
                .isFalse();
        PipelineFilter both = ALL.in(new EnvironmentName("production")).finished(AFTER_NOON);
        assertThat(both.accepts(pullRequest())).isTrue();
        assertThat(both.accepts(changeSet())).isTrue();
        assertThat(both.accepts(version())).isTrue();
    }

    @Test
    void a_label_and_a_path_before_or_after_the_change_filter_pull_requests() {
        assertThat(ALL.label("urgent").accepts(pullRequest())).isTrue();
        assertThat(ALL.label("urge").accepts(pullRequest())).isFalse();
        assertThat(ALL.item("new.json").accepts(pullRequest())).isTrue();
        assertThat(ALL.item("old.json").accepts(pullRequest())).isTrue();
        assertThat(ALL.item("to.json").accepts(pullRequest())).isTrue();
        assertThat(ALL.item("other.json").accepts(pullRequest())).isFalse();
    }

    @Test
    void each_word_keeps_what_was_said_before() {
        PipelineFilter filter = ALL.in(new EnvironmentName("staging"))
                .created(AROUND_NOON)
                .finished(AFTER_NOON)
                .by("alice")
                .pullRequests(PullRequestStatus.OPEN)
                .changeSets(ChangeSetState.Kind.READY)
                .versions(VersionState.Kind.PUBLISHED)
                .releases(ReleaseState.Kind.QUEUED)
                .label("urgent")
                .item("a.json");
        assertThat(filter)
                .isEqualTo(new PipelineFilter(
                        Optional.of(new EnvironmentName("staging")),
                        Optional.of(AROUND_NOON),
                        Optional.of(AFTER_NOON),
                        Optional.of("alice"),
                        Set.of(PullRequestStatus.OPEN),
                        Set.of(ChangeSetState.Kind.READY),
                        Set.of(VersionState.Kind.PUBLISHED),
                        Set.of(ReleaseState.Kind.QUEUED),
                        Optional.of("urgent"),
                        Optional.of("a.json")));
    }
}
