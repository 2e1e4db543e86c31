package io.github.releasepipeline.metrics;

import static io.github.releasepipeline.core.machine.Samples.changeSet;
import static io.github.releasepipeline.core.machine.Samples.created;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.pullRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.figure.Facts;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.Window;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The figures, read out of a store. */
class MetricsTest {
    private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
    private static final Window MARCH = new Window(T0, T0.plus(Duration.ofDays(31)));

    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final Metrics metrics = new Metrics(store, () -> day(20), () -> 0);

    private static Instant day(int day) {
        return T0.plus(Duration.ofDays(day));
    }

    private <S> void save(SubjectId<S> id, S snapshot) {
        store.transact(session -> {
            session.recount(List.of(), Facts.of(snapshot, session));
            session.save(id, new Stored<>(snapshot, 1, ChainHead.empty()));
            return id;
        });
    }

    private void read(PullRequest pr, boolean touchesItems) {
        save(
                pr.id(),
                new PullRequest(
                        pr.id(),
                        pr.title(),
                        pr.author(),
                        pr.progress(),
                        pr.labels(),
                        pr.review(),
                        pr.checks(),
                        touchesItems ? List.of(ChangedItem.of(created("a"))) : List.of(),
                        pr.head(),
                        pr.baseBranch(),
                        pr.createdAt(),
                        pr.updatedAt(),
                        pr.firstCommitAt(),
                        pr.link(),
                        pr.revertedBy()));
    }

    private void version(String id, int minor, String changeSet, VersionState state) {
        Version draft = Samples.version(number(1, minor, 0), new VersionEvent.Published());
        save(
                new VersionId(id),
                new Version(
                        new VersionId(id),
                        draft.number(),
                        draft.bump(),
                        draft.bumpReason(),
                        draft.commit(),
                        draft.previous(),
                        List.of(new ChangeSetId(changeSet)),
                        draft.pullRequests(),
                        draft.manifest(),
                        draft.items(),
                        draft.changedItems(),
                        draft.notes(),
                        draft.hotfix(),
                        draft.missingHotfixes(),
                        draft.createdBy(),
                        draft.createdAt(),
                        draft.deliveredBy(),
                        state));
    }

    private void release(String id, ReleaseKind kind, String version, String environment, Tier tier, int day) {
        Release plain = Samples.release(Samples.requested(Samples.policy()));
        save(
                new ReleaseId(id),
                new Release(
                        new ReleaseId(id),
                        kind,
                        new VersionId(version),
                        plain.number(),
                        plain.manifest(),
                        new EnvironmentName(environment),
                        plain.requestedBy(),
                        T0,
                        plain.reason(),
                        EnvironmentPolicy.of(tier),
                        plain.plan(),
                        plain.rollbackOf(),
                        plain.bypassed(),
                        plain.forced(),
                        plain.windowOverride(),
                        plain.order(),
                        plain.approvals(),
                        plain.attempts(),
                        plain.backup(),
                        plain.delivered(),
                        new ReleaseState.Succeeded(day(day))));
    }

    private List<String> behind(FactKind kind, Optional<EnvironmentName> environment) {
        return metrics.behind(kind, MARCH, environment, PageRequest.first(10)).rows().stream()
                .map(Fact::subject)
                .toList();
    }

    @Test
    void open_pull_requests_touch_an_item_and_are_no_drafts() {
        read(pullRequest(1, "t", new Progress.Open()), true);
        read(pullRequest(2, "t", new Progress.Open()), true);
        read(pullRequest(3, "t", new Progress.Open()), false);
        read(pullRequest(4, "t", new Progress.Draft()), true);
        read(pullRequest(5, "t", Samples.merged("m")), true);
        assertThat(metrics.of(MARCH, Optional.empty()).openPullRequests()).isEqualTo(2);
    }

    @Test
    void only_ready_sets_count() {
        var draft = changeSet("c1", ChangeType.FIX, List.of(1L));
        var ready = changeSet("c2", ChangeType.FIX, List.of(2L), new ChangeSetEvent.Readied());
        save(draft.id(), draft);
        save(ready.id(), ready);
        assertThat(metrics.of(MARCH, Optional.empty()).changeSetsReady()).isEqualTo(1);
    }

    @Test
    void versions_count_when_they_were_published_whatever_was_said_of_them_later() {
        version("v1", 1, "c", new VersionState.Published(day(1)));
        version("v2", 2, "c", new VersionState.Deprecated(day(2), Samples.ALICE, "", day(40)));
        version("v3", 3, "c", new VersionState.Blocked(day(3), Samples.ALICE, "", day(40)));
        version("v4", 4, "c", new VersionState.Published(day(31)));
        version("v5", 5, "c", new VersionState.Draft());
        assertThat(metrics.of(MARCH, Optional.empty()).versionsPublished()).isEqualTo(3);
        assertThat(metrics.of(new Window(day(31), day(62)), Optional.empty()).versionsPublished())
                .isEqualTo(1);
    }

    @Test
    void versions_are_of_every_environment() {
        version("v1", 1, "c", new VersionState.Published(day(1)));
        Optional<EnvironmentName> staging = Optional.of(new EnvironmentName("staging"));
        assertThat(metrics.of(MARCH, staging).versionsPublished()).isEqualTo(1);
        assertThat(behind(FactKind.PUBLISHED, staging)).containsExactly("version:v1");
    }

    @Test
    void releases_count_where_and_when_they_ended() {
        version("v1", 1, "c", new VersionState.Published(day(1)));
        release("a", ReleaseKind.DEPLOY, "v1", "production", Tier.PRODUCTION, 5);
        release("b", ReleaseKind.DEPLOY, "v1", "staging", Tier.STAGING, 6);
        release("c", ReleaseKind.DEPLOY, "v1", "production", Tier.PRODUCTION, 31);
        assertThat(behind(FactKind.SUCCEEDED, Optional.empty())).containsExactly("release:b", "release:a");
        assertThat(behind(FactKind.SUCCEEDED, Optional.of(new EnvironmentName("staging"))))
                .containsExactly("release:b");
        assertThat(metrics.of(MARCH, Optional.of(new EnvironmentName("staging")))
                        .successfulDeployments())
                .isEqualTo(1);
        assertThat(metrics.of(MARCH, Optional.empty()).successfulDeployments()).isEqualTo(2);
        assertThat(metrics.thisMonth(ZoneOffset.UTC)).isEqualTo(metrics.of(MARCH, Optional.empty()));
        assertThat(metrics.trend(List.of(MARCH, new Window(day(31), day(32))), Optional.empty()))
                .extracting(report -> report.productionDeployments())
                .containsExactly(1L, 1L);
    }

    @Test
    void a_hotfix_is_a_production_deployment_of_a_version_with_a_set_of_that_type() {
        var hotfix = changeSet("hot", ChangeType.HOTFIX, List.of(1L));
        var feature = changeSet("feature", ChangeType.FEATURE, List.of(2L));
        save(hotfix.id(), hotfix);
        save(feature.id(), feature);
        version("v1", 1, "feature", new VersionState.Published(day(1)));
        version("v2", 2, "hot", new VersionState.Published(day(1)));
        release("a", ReleaseKind.DEPLOY, "v1", "production", Tier.PRODUCTION, 10);
        assertThat(failures()).isEmpty();
        release("b", ReleaseKind.ROLLBACK, "v2", "production", Tier.PRODUCTION, 11);
        release("c", ReleaseKind.DEPLOY, "v2", "production", Tier.STAGING, 12);
        assertThat(failures()).isEmpty();
        release("d", ReleaseKind.DEPLOY, "v2", "production", Tier.PRODUCTION, 13);
        assertThat(failures()).containsExactly("release:a");
    }

    @Test
    void a_hotfix_after_the_end_of_the_window_counts_and_the_first_deployment_after_decides() {
        var hotfix = changeSet("hot", ChangeType.HOTFIX, List.of(1L));
        save(hotfix.id(), hotfix);
        version("v1", 1, "other", new VersionState.Published(day(1)));
        version("v2", 2, "hot", new VersionState.Published(day(1)));
        release("a", ReleaseKind.DEPLOY, "v1", "production", Tier.PRODUCTION, 30);
        release("late", ReleaseKind.DEPLOY, "v2", "production", Tier.PRODUCTION, 36);
        assertThat(failures()).containsExactly("release:a");
        release("between", ReleaseKind.DEPLOY, "v1", "production", Tier.PRODUCTION, 33);
        assertThat(failures()).isEmpty();
    }

    private List<String> failures() {
        return metrics.hotfixed(MARCH, Optional.empty()).stream()
                .map(Fact::subject)
                .toList();
    }
}
