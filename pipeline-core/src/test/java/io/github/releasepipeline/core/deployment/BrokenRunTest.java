package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker breaks off outside of any call. */
class BrokenRunTest {
    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private Recorder recorder = running.recorder;
    private boolean closing;

    @Test
    void a_step_that_also_breaks_off_with_who_took_it_over_is_a_persons_to_judge() {
        // given
        takenOver(Step.BACKUP);
        // when
        Progress progress = worker(BrokenRunTest::broken).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Paused(
                        Step.BACKUP, "the run broke off: IllegalStateException: no number", NOON, Optional.empty()));
        assertThat(running.lines())
                .containsExactly("✗ Outcome of backup is unknown: the run broke off: IllegalStateException: no number");
    }

    @Test
    void a_step_that_only_reads_has_failed_then() {
        // given
        takenOver(Step.PRE_DEPLOYMENT_CHECKS);
        // when
        Progress progress = worker(BrokenRunTest::broken).move();
        // then
        assertThat(progress).isEqualTo(new Progress.Rest());
        assertThat(running.release().state())
                .isEqualTo(new ReleaseState.Failed(
                        Step.PRE_DEPLOYMENT_CHECKS,
                        FailureKind.ERRORED,
                        "the run broke off: IllegalStateException: no number",
                        NOON));
    }

    @Test
    void a_step_that_breaks_off_with_who_began_it_can_be_taken_over() {
        running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        assertThatThrownBy(() -> worker(BrokenRunTest::broken).move()).hasMessage("no number");
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
    }

    static Stream<RuntimeException> passing() {
        return Stream.of(
                AdapterException.passing("The database cannot be reached", null),
                AdapterException.lasting("The password is wrong", null),
                new ConcurrentUpdateException("release:r1"),
                new NotFoundException("environment", "staging"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_the_store_or_the_configuration_of_a_node_is_to_blame_for_can_be_taken_over(RuntimeException problem) {
        takenOver(Step.BACKUP);
        assertTakeOver(() -> {
            throw problem;
        });
    }

    @Test
    void a_machine_that_is_out_of_order_can_be_replaced() {
        takenOver(Step.BACKUP);
        assertTakeOver(() -> {
            throw new OutOfMemoryError("no more");
        });
    }

    @Test
    void what_breaks_off_while_the_process_closes_can_be_taken_over() {
        takenOver(Step.BACKUP);
        closing = true;
        assertTakeOver(BrokenRunTest::broken);
    }

    @Test
    void what_breaks_off_because_it_was_interrupted_can_be_taken_over() {
        takenOver(Step.BACKUP);
        assertTakeOver(() -> {
            Thread.currentThread().interrupt();
            return broken();
        });
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_cannot_even_be_recorded_can_be_taken_over() {
        takenOver(Step.BACKUP);
        recorder = new Recorder(
                new Engine(running.store, List.of(), new BrokenClock(), () -> "id", new Pulse()),
                running.persistence,
                "acme/flows");
        assertTakeOver(BrokenRunTest::broken);
    }

    @Test
    void who_was_taken_over_itself_meanwhile_records_nothing() {
        // given
        takenOver(Step.BACKUP);
        Worker worker = worker(() -> {
            running.record(new ReleaseEvent.TakenOver(TOKEN + 2));
            return broken();
        });
        // when
        Progress progress = worker.move();
        // then
        assertThat(progress).as("looks again").isEqualTo(new Progress.GoOn());
        assertThat(worker.move()).isEqualTo(new Progress.Rest());
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
    }

    @Test
    void what_breaks_off_once_the_outcome_is_recorded_loses_nothing() {
        // given
        takenOver(Step.BACKUP);
        Worker worker = worker(() -> {
            running.record(new ReleaseEvent.StepSucceeded(Step.BACKUP, Duration.ZERO, "", Optional.empty()));
            return broken();
        });
        // when
        Progress progress = worker.move();
        // then
        assertThat(progress).isEqualTo(new Progress.GoOn());
        assertThat(running.release().state().kind()).isEqualTo(ReleaseState.Kind.IN_PROGRESS);
    }

    /** Another worker began it, and nobody knows more. */
    private void takenOver(Step step) {
        if (step != Step.PRE_DEPLOYMENT_CHECKS) {
            running.done(Step.PRE_DEPLOYMENT_CHECKS, Step.QUALITY_GATES);
        }
        running.record(
                new ReleaseEvent.StepStarted(step, RunningRelease.key(step)), new ReleaseEvent.TakenOver(TOKEN + 1));
    }

    private void assertTakeOver(LongSupplier stopwatch) {
        List<DomainEvent> before = running.events();
        assertThatThrownBy(() -> worker(stopwatch).move()).isNotNull();
        assertThat(running.events()).isEqualTo(before);
    }

    private static long broken() {
        throw new IllegalStateException("no number");
    }

    /** @param stopwatch what the worker looks at before and after each call */
    private Worker worker(LongSupplier stopwatch) {
        Planner planner = new Planner(running.engine, running.repository);
        return new Worker(
                running.engine,
                new WiredEnvironments(List.of(running.wired(running.target))),
                new StepExecutor(running.engine, planner, version -> List.of(), running.persistence, new Calls()),
                recorder,
                running.persistence,
                stopwatch,
                () -> closing,
                false,
                RELEASE,
                running.release().lastAttempt().orElseThrow().fencingToken());
    }

    private static final class BrokenClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            throw new IllegalStateException("no time");
        }
    }
}
