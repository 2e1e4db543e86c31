package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What a running release tells and leaves behind. */
class RunningTest {
    private final Company company = new Company(0);

    private ReleaseState.Kind state(ReleaseId id) {
        return company.alice().releases().get(id).state().kind();
    }

    @Test
    void a_pull_request_is_delivered_by_the_first_success_in_production_that_contains_it() {
        // given
        Instant opened = company.world.clock.instant();
        Version first = company.published("flows/a");
        Version second = company.published("flows/b");
        // when
        Release staged = company.deployed(second, "staging");
        Release live = company.deployed(second, "production");
        Release again = company.deployed(second, "production");
        // then
        assertThat(staged.delivered()).isEmpty();
        assertThat(live.delivered())
                .extracting(Delivery::pullRequest, Delivery::openedAt)
                .containsExactlyInAnyOrder(Tuple.tuple(1L, opened), Tuple.tuple(2L, opened));
        assertThat(again.delivered()).isEmpty();
        assertThat(company.alice().versions().get(first.id()).deliveredBy())
                .contains(live.id().value());
        assertThat(company.alice().versions().get(second.id()).deliveredBy())
                .contains(live.id().value());
        Version third = company.published("flows/c");
        Release next = company.deployed(third, "production");
        assertThat(next.delivered()).extracting(Delivery::pullRequest).containsExactly(3L);
        assertThat(company.rolledBack(next.id()).delivered()).isEmpty();
    }

    @Test
    void the_log_tells_how_long_it_took() {
        Version version = company.published("flows/a");
        company.world.target(0).after(Step.BACKUP, () -> company.world.clock.advance(Duration.ofSeconds(65)));
        assertThat(company.log(company.deployed(version, "dev").id()))
                .startsWith("Starting deployment of v0.1.0 to dev")
                .contains("Backup created: backup-1", "Version v0.1.0 is now active in dev")
                .endsWith("Deployment succeeded in 1m 5s");
        company.world.target(0).after(Step.BACKUP, () -> company.world.clock.advance(Duration.ofMillis(9_900)));
        assertThat(company.log(company.deployed(version, "dev").id())).endsWith("Deployment succeeded in 9.9s");
        company.world.target(0).after(Step.BACKUP, () -> company.world.clock.advance(Duration.ofSeconds(10)));
        assertThat(company.log(company.deployed(version, "dev").id())).endsWith("Deployment succeeded in 10s");
        company.world.target(0).after(Step.BACKUP, () -> company.world.clock.advance(Duration.ofSeconds(60)));
        assertThat(company.log(company.deployed(version, "dev").id())).endsWith("Deployment succeeded in 1m 0s");
    }

    @Test
    void a_rollback_takes_the_backup_that_holds_exactly_its_version() {
        company.deployed(company.published("flows/a"), "dev");
        Release second = company.deployed(company.published("flows/b"), "dev");
        Release rollback = company.rolledBack(second.id());
        assertThat(company.log(rollback.id()))
                .startsWith("Starting rollback from v0.2.0 to v0.1.0 in dev")
                .contains("1 workflow restored")
                .endsWith("Rollback succeeded in 0.0s");
        assertThat(state(second.id())).isEqualTo(ReleaseState.Kind.ROLLED_BACK);
    }

    @Test
    void a_rollback_brings_the_items_in_again_where_the_backup_holds_others() {
        company.deployed(company.published("flows/a"), "dev");
        company.world.target(0).drift(new ItemId("workflow", "flows/x"), new byte[] {1});
        Release second = company.deployed(company.published("flows/b"), "dev");
        assertThat(company.log(company.rolledBack(second.id()).id())).contains("1 workflow staged");
    }

    @Test
    void a_gate_that_says_no_fails_the_release_and_is_heard() {
        Version version = company.published("flows/a");
        company.world.failGate();
        Release release = company.deployed(version, "production");
        assertThat(release.state())
                .isEqualTo(new ReleaseState.Failed(
                        Step.QUALITY_GATES,
                        FailureKind.FAILED,
                        "Quality gate 'scan': a hole",
                        company.world.clock.instant()));
        assertThat(company.log(release.id())).contains("a hole");
    }

    @Test
    void a_lost_step_is_told_and_goes_on_when_a_person_has_looked() {
        company.world.target(0).loseReply(Step.BACKUP);
        company.world.target(0).loseProbe("the machine is gone");
        Release release = company.deployed(company.published("flows/a"), "dev");
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.PAUSED);
        assertThat(company.log(release.id()))
                .contains(
                        "Outcome of backup is unknown: the machine is gone",
                        "backup gave no answer: AdapterException: The connection broke before the answer came;"
                                + " asking the target");
        assertThat(company.alice()
                        .releases()
                        .resolve(release.id(), Resolution.HAPPENED, "looked")
                        .id())
                .isEqualTo(release.id());
        company.work();
        assertThat(state(release.id())).isEqualTo(ReleaseState.Kind.SUCCEEDED);
    }

    @Test
    void what_waits_for_a_degraded_environment_goes_on_when_it_is_mended() {
        // given
        Version version = company.published("flows/a");
        Release running = company.started(version, "production");
        Release waiting = company.started(version, "production");
        assertThat(waiting.state().kind()).isEqualTo(ReleaseState.Kind.QUEUED);
        company.world
                .target(2)
                .failNext(
                        Step.DEPLOY_ARTIFACTS,
                        new StepOutcome.Failed(FailureKind.FAILED, "half", List.of(new ItemId("workflow", "flows/a"))));
        // when
        company.work();
        // then
        assertThat(state(running.id())).isEqualTo(ReleaseState.Kind.FAILED);
        assertThat(company.alice().environments().get("production").degradation())
                .isPresent();
        assertThat(state(waiting.id())).isEqualTo(ReleaseState.Kind.QUEUED);
        assertThat(company.world.node(0).pipeline().maintain()).isEmpty();
        company.work();
        assertThat(state(waiting.id())).isEqualTo(ReleaseState.Kind.QUEUED);
        // when
        company.alice().environments().repaired("production", "mended");
        company.work();
        // then
        assertThat(state(waiting.id())).isEqualTo(ReleaseState.Kind.SUCCEEDED);
    }

    @Test
    void a_waiting_release_of_a_version_that_was_blocked_is_called_off() {
        Version version = company.published("flows/a");
        Version other = company.published("flows/b");
        company.started(version, "production");
        Release waiting = company.started(other, "production");
        company.alice().versions().block(other.id(), "a hole");
        company.work();
        assertThat(company.alice().releases().get(waiting.id()).state())
                .isEqualTo(new ReleaseState.Cancelled(
                        Actor.system(),
                        "Version v0.2.0 is BLOCKED and cannot be deployed",
                        company.world.clock.instant()));
        assertThat(company.alice().environments().get("production").queue()).isEmpty();
    }

    @Test
    void a_release_that_was_started_again_while_its_rollback_waited_is_left_as_it_is() {
        // given
        company.deployed(company.published("flows/a"), "dev");
        Version version = company.published("flows/b");
        company.world.target(0).failNext(Step.BACKUP, FailureKind.ERRORED, "no");
        Release failed = company.deployed(version, "dev");
        company.started(version, "dev");
        ReleaseId rollback =
                company.alice().releases().rollback(failed.id(), "errors").id();
        company.alice().releases().retry(failed.id());
        // when
        company.work();
        // then
        assertThat(state(rollback)).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        assertThat(state(failed.id())).isNotEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(company.world.store.defects()).isEmpty();
        Environment dev = company.alice().environments().get("dev");
        assertThat(dev.running()).isEmpty();
    }

    @Test
    void maintenance_completes_a_version_whose_tag_was_made_and_tells_what_it_cannot_put_right() {
        company.world.repository.loseReply();
        var set = company.ready("flows/a");
        assertThatThrownBy(() -> company.alice().versions().publish(set.id())).isInstanceOf(AdapterException.class);
        var elsewhere = company.world.history.commitOn("main", Map.of("flows/z", "z"));
        company.world.history.lightweightTag("v0.1.0", elsewhere);
        assertThat(company.world.node(1).pipeline().maintain())
                .singleElement()
                .asString()
                .startsWith("version v0.1.0: Tag v0.1.0 exists already at commit " + elsewhere);
        assertThat(company.alice().versions().tagged("v0.1.0")).isEmpty();
    }

    @Test
    void a_retired_version_is_kept_out_of_plans_and_a_moved_tag_is_told() {
        Version version = company.published("flows/a");
        var elsewhere = company.world.history.commitOn("main", Map.of("flows/z", "z"));
        company.world.history.lightweightTag("v0.1.0", elsewhere);
        assertThat(company.alice().versions().verify(version.id()))
                .containsExactly(new VersionProblem(
                        VersionProblem.Kind.TAG_MOVED,
                        "Tag v0.1.0 was moved from " + version.commit() + " to " + elsewhere));
        Release release = company.deployed(version, "dev");
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.FAILED);
    }

    @Test
    void closing_a_pipeline_shuts_its_threads() {
        World.Node node = company.world.node(0);
        node.pipeline().close();
        assertThat(node.threads().isShutdown()).isTrue();
    }
}
