package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Watch;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.play.HandCrankedThreads;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LauncherTest {
    private static final GatePolicy BOARD =
            new GatePolicy("board", Duration.ZERO, new GatePolicy.Asking.ByPerson(Optional.empty()));

    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private final HandCrankedThreads threads = new HandCrankedThreads();
    private final Crew crew = new Crew(running, threads);
    private final Launcher launcher = crew.launcher;

    @Test
    void a_running_release_that_has_no_worker_is_taken_over_under_the_next_token() {
        crew.recover();
        assertThat(running.environment().fencingToken()).isEqualTo(TOKEN + 1);
        assertThat(running.release().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.fencingToken()).isEqualTo(TOKEN + 1));
        assertThat(crew.work.runsHere(RELEASE)).isTrue();
        work();
        assertThat(running.release().succeeded()).isTrue();
    }

    @Test
    void a_release_that_runs_here_is_not_taken_over() {
        crew.work.submit(new Run(RELEASE, TOKEN));
        List<DomainEvent> before = running.events();
        crew.recover();
        assertThat(running.events()).isEqualTo(before);
    }

    @Test
    void a_release_that_waits_for_a_person_is_not_taken_over() {
        running.record(
                new ReleaseEvent.StepStarted(Step.BACKUP, "key"), new ReleaseEvent.StepLost(Step.BACKUP, "no answer"));
        List<DomainEvent> before = running.events();
        crew.recover();
        assertThat(running.events()).isEqualTo(before);
        assertThat(threads.crank()).isFalse();
    }

    @Test
    void a_verdict_that_comes_before_the_worker_sees_that_it_paused_the_release_leaves_it_to_another_token() {
        // given
        RunningRelease judged = new RunningRelease(ReleaseKind.DEPLOY, BOARD);
        judged.done(Step.PRE_DEPLOYMENT_CHECKS);
        Crew board = new Crew(judged, threads);
        // when
        Watch<Release> person = judged.pulse.watch(RELEASE, now -> {
            now.filter(release -> release.state().kind() == ReleaseState.Kind.PAUSED)
                    .ifPresent(paused -> judge(judged, board.launcher));
            return false;
        });
        Optional<Duration> again = board.workers.run(new Run(RELEASE, TOKEN));
        person.close();
        // then
        assertThat(again).isEmpty();
        assertThat(judged.target.effects()).isEmpty();
        // when
        while (threads.crank()) {
            assertThat(judged.release().attempts().get(0).fencingToken()).isEqualTo(TOKEN + 1);
        }
        // then
        assertThat(judged.release().succeeded()).isTrue();
        assertThat(judged.target.effects())
                .extracting(ScriptedTarget.Effect::fencingToken)
                .containsOnly(TOKEN + 1);
    }

    private static void judge(RunningRelease running, Launcher launcher) {
        GateRun passed = GateRun.first(BOARD.name(), GateVerdict.PASSED, "fine", Map.of(), NOON);
        running.execute(unit -> launcher.resume(
                unit, unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.GateJudged(passed))));
    }

    @Test
    void a_release_starts_at_once_in_an_environment_that_is_free() {
        running.end();
        ReleaseId id = running.ready("r2", ReleaseKind.DEPLOY);
        launch(id);
        assertThat(state(id)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(running.environment().fencingToken()).isEqualTo(TOKEN + 1);
        assertThat(running.engine.get(id).attempts())
                .extracting(Attempt::number)
                .containsExactly(1);
        assertThat(running.store.logs().after(id, 0, 10))
                .extracting(line -> line.entry().text())
                .startsWith("Starting deployment of v1.2.0 to staging");
        assertThat(crew.work.runsHere(id)).isTrue();
        assertThat(running.events()).noneMatch(EnvironmentEvent.HoldLifted.class::isInstance);
    }

    @Test
    void the_checks_before_a_deployment_begin_with_its_start() {
        running.end();
        ReleaseId id = running.ready("r2", ReleaseKind.DEPLOY);
        launch(id);
        assertThat(StepRules.lastRun(running.engine.get(id)))
                .hasValueSatisfying(run -> assertThat(run.step()).isEqualTo(Step.PRE_DEPLOYMENT_CHECKS));
        assertThat(running.store.logs().after(id, 0, 10))
                .extracting(line -> line.entry().text())
                .containsExactly("Starting deployment of v1.2.0 to staging", "Running pre-deployment checks...");
        assertThat(running.store.audit().of(id))
                .filteredOn(record -> record.event() instanceof ReleaseEvent.StepStarted)
                .extracting(record -> record.stamp().actor())
                .as("whoever started the release")
                .containsExactly(Actor.system());
    }

    @Test
    void a_step_that_changes_something_is_begun_by_who_calls_it_alone() {
        running.end();
        ReleaseId id = running.ready("r2", ReleaseKind.ROLLBACK);
        launch(id);
        assertThat(state(id)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(StepRules.lastRun(running.engine.get(id))).isEmpty();
    }

    @Test
    void a_release_waits_for_an_environment_that_is_busy_and_no_thread_is_used_up() {
        ReleaseId id = running.ready("r2", ReleaseKind.DEPLOY);
        launch(id);
        assertThat(state(id)).isEqualTo(ReleaseState.Kind.QUEUED);
        assertThat(threads.crank()).isFalse();
        launcher.advance(STAGING);
        assertThat(state(id)).isEqualTo(ReleaseState.Kind.QUEUED);
    }

    @Test
    void a_release_does_not_overtake_one_that_waits_while_nothing_runs() {
        ReleaseId first = running.ready("r2", ReleaseKind.DEPLOY);
        launch(first);
        running.end();
        ReleaseId second = running.ready("r3", ReleaseKind.DEPLOY);
        launch(second);
        assertThat(running.environment().queue())
                .extracting(QueuedRelease::release)
                .containsExactly(first, second);
        work();
        assertThat(state(first)).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        assertThat(state(second)).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        assertThat(running.environment().queue()).isEmpty();
    }

    @Test
    void a_rollback_overtakes_what_waits_while_nothing_runs() {
        ReleaseId waiting = running.ready("r2", ReleaseKind.DEPLOY);
        launch(waiting);
        running.end();
        ReleaseId rollback = running.ready("r3", ReleaseKind.ROLLBACK);
        launch(rollback);
        assertThat(state(rollback)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(state(waiting)).isEqualTo(ReleaseState.Kind.QUEUED);
    }

    @Test
    void a_rollback_does_not_overtake_another_that_waits_while_nothing_runs() {
        ReleaseId first = running.ready("r2", ReleaseKind.ROLLBACK);
        launch(first);
        running.end();
        ReleaseId second = running.ready("r3", ReleaseKind.ROLLBACK);
        launch(second);
        assertThat(running.environment().queue())
                .extracting(QueuedRelease::release)
                .containsExactly(first, second);
    }

    @Test
    void what_waits_is_started_by_the_next_who_looks_when_the_slot_is_free() {
        ReleaseId id = running.ready("r2", ReleaseKind.DEPLOY);
        launch(id);
        running.end();
        crew.recover();
        assertThat(state(id)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        assertThat(running.environment().running()).contains(id);
    }

    @Test
    void what_waits_is_planned_again_when_its_turn_comes_for_the_environment_as_it_is_then() {
        ReleaseId id = running.ready("r2", ReleaseKind.DEPLOY);
        launch(id);
        running.end();
        launcher.advance(STAGING);
        assertThat(running.engine.get(id).plan().observed())
                .isEqualTo(running.target.observe().active().digest());
    }

    @Test
    void a_degraded_environment_lets_a_waiting_rollback_in_and_no_deployment() {
        ReleaseId deployment = running.ready("r2", ReleaseKind.DEPLOY);
        launch(deployment);
        running.end();
        record(new EnvironmentEvent.Degraded("half a release", List.of()));
        launcher.advance(STAGING);
        assertThat(state(deployment)).isEqualTo(ReleaseState.Kind.QUEUED);
        record(new EnvironmentEvent.Repaired());
        launcher.advance(STAGING);
        assertThat(state(deployment)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
        ReleaseId rollback = running.ready("r3", ReleaseKind.ROLLBACK);
        launch(rollback);
        record(new EnvironmentEvent.Degraded("half a release", List.of()), new EnvironmentEvent.SlotFreed(deployment));
        launcher.advance(STAGING);
        assertThat(state(rollback)).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
    }

    @Test
    void a_deployment_that_waited_already_does_not_lift_a_newer_hold_even_if_it_is_planned_again() {
        launch(running.ready("r2", ReleaseKind.DEPLOY));
        record(new EnvironmentEvent.HoldPlaced());
        running.end();
        launcher.advance(STAGING);
        assertThat(running.environment().running()).isPresent();
        assertThat(running.events()).noneMatch(EnvironmentEvent.HoldLifted.class::isInstance);
    }

    @Test
    void a_deployment_that_was_ordered_after_the_hold_lifts_it_when_its_turn_comes() {
        record(new EnvironmentEvent.HoldPlaced());
        running.clock.advance(Duration.ofMinutes(1));
        launch(running.ready("r2", ReleaseKind.DEPLOY));
        running.end();
        launcher.advance(STAGING);
        assertThat(running.environment().hold()).isEmpty();
    }

    @Test
    void a_rollback_lifts_no_hold() {
        running.end();
        record(new EnvironmentEvent.HoldPlaced());
        launch(running.ready("r2", ReleaseKind.ROLLBACK));
        assertThat(running.environment().hold()).isPresent();
    }

    private void launch(ReleaseId id) {
        running.execute(unit -> launcher.launch(unit, id));
    }

    private void record(EnvironmentEvent... events) {
        running.execute(unit -> unit.record(EnvironmentMachine.MACHINE, new EnvironmentId(STAGING), events));
    }

    private ReleaseState.Kind state(ReleaseId id) {
        return running.engine.get(id).state().kind();
    }

    private void work() {
        while (threads.crank()) {
            assertThat(running.environment().running().map(crew.work::runsHere).orElse(true))
                    .isTrue();
        }
    }
}
