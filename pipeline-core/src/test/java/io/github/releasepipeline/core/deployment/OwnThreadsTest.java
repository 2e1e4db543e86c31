package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.core.play.HandCrankedThreads;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.tck.ScriptedRunner;
import io.github.releasepipeline.tck.WorkSharingContract;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OwnThreadsTest extends WorkSharingContract {
    private final ScriptedRunner runner = new ScriptedRunner();
    private final HandCrankedThreads threads = new HandCrankedThreads();

    @Override
    protected WorkSharing open() {
        return threads(Workers.ownThreads(), Optional.of(Duration.ofMillis(50)));
    }

    @Test
    void what_runs_in_another_process_is_taken_over_when_it_begins_and_when_somebody_asks_for_it_and_else_left_alone() {
        Run found = runner.start("found");
        try (OwnThreads work = threads(Workers.ownThreads(), Optional.of(Duration.ofMillis(10)))) {
            work.begin(runner);
            assertThat(runner.begun()).isEqualTo(new Run(found.release(), 2));
            Run foreign = runner.start("foreign");
            int looks = runner.looks();
            await().until(() -> runner.looks() > looks + 3);
            assertThat(runner.takenOver()).doesNotContain(new Run(foreign.release(), 2));
            work.ensure(foreign);
            assertThat(runner.begun()).isEqualTo(new Run(foreign.release(), 2));
        }
    }

    @Test
    void the_threads_of_a_process_share_their_work_with_nobody() {
        try (OwnThreads work = threads(Workers.ownThreads(), Optional.empty())) {
            assertThat(work.isAlone()).isTrue();
        }
    }

    @Test
    void an_order_whose_commit_nobody_heard_of_is_looked_for() {
        try (OwnThreads work = threads(Workers.ownThreads(), Optional.of(Duration.ofMillis(10)))) {
            work.begin(runner);
            await().until(() -> runner.looks() > 1);
            Run made = runner.start("made");
            work.doubt(made);
            work.doubt(new Run(new ReleaseId("not made"), 1));
            assertThat(runner.begun()).isEqualTo(new Run(made.release(), 2));
            assertThat(runner.takenOver()).containsExactly(new Run(made.release(), 2));
        }
    }

    @Test
    void what_waits_under_an_older_token_is_driven_under_the_one_that_the_store_knows() {
        OwnThreads work = byHand(threads);
        work.begin(runner);
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(Duration.ofHours(1)));
        work.submit(run);
        threads.crank();
        Run ordered = runner.takeOver(run.release()).orElseThrow();
        work.doubt(ordered);
        work.ensure(ordered);
        threads.crank();
        assertThat(List.of(runner.begun(), runner.begun())).containsExactly(run, ordered);
        assertThat(work.runsHere(run.release())).isFalse();
    }

    @Test
    void a_takeover_that_does_not_work_is_tried_again_with_the_next_look() {
        AtomicBoolean full = new AtomicBoolean(true);
        Runner fails = new Delegating(runner) {
            @Override
            public Optional<Run> takeOver(ReleaseId release) {
                if (full.getAndSet(false)) {
                    throw new IllegalStateException("disk full");
                }
                return super.takeOver(release);
            }
        };
        try (OwnThreads work = threads(Workers.ownThreads(), Optional.of(Duration.ofMillis(10)))) {
            work.begin(fails);
            await().until(() -> runner.looks() > 1);
            Run run = runner.start("r1");
            runner.next(run, () -> {
                throw new IllegalStateException("disk full");
            });
            work.submit(run);
            assertThat(runner.begun()).isEqualTo(run);
            assertThat(runner.begun()).isEqualTo(new Run(run.release(), 2));
            assertThat(full).isFalse();
        }
    }

    @Test
    @Timeout(60)
    void tending_that_hangs_or_breaks_off_keeps_nobody_from_looking() {
        CountDownLatch end = new CountDownLatch(1);
        Runner hangs = new Delegating(runner) {
            @Override
            public void tend() {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void look(Consumer<Run> running) {
                super.look(running);
                throw new StackOverflowError();
            }
        };
        try (OwnThreads work = threads(Workers.ownThreads(), Optional.of(Duration.ofMillis(10)))) {
            work.begin(hangs);
            await().until(() -> runner.looks() > 3);
        } finally {
            end.countDown();
        }
    }

    @Test
    void who_is_maintained_by_its_host_looks_for_nothing() {
        runner.start("found");
        OwnThreads work = byHand(threads);
        work.begin(runner);
        assertThat(threads.crank()).isFalse();
        work.close();
        assertThat(runner.looks()).isZero();
        assertThat(runner.tends()).isZero();
    }

    @Test
    void a_release_runs_here_until_it_rests() {
        OwnThreads work = byHand(threads);
        work.begin(runner);
        Run run = runner.start("r1");
        assertThat(work.runsHere(run.release())).isFalse();
        work.submit(run);
        assertThat(work.runsHere(run.release())).isTrue();
        assertThat(threads.crank()).isTrue();
        assertThat(work.runsHere(run.release())).isFalse();
    }

    @Test
    void a_release_runs_here_while_it_waits() {
        OwnThreads work = byHand(threads);
        work.begin(runner);
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(Duration.ofHours(1)));
        work.submit(run);
        threads.crank();
        assertThat(work.runsHere(run.release())).isTrue();
        work.ensure(run);
        assertThat(runner.takenOver()).isEmpty();
        work.close();
    }

    @Test
    void a_thread_that_dies_leaves_its_release_to_be_taken_over() {
        OwnThreads work = byHand(threads);
        work.begin(runner);
        Run run = runner.start("r1");
        runner.next(run, () -> {
            throw new AssertionError("this thread is gone");
        });
        work.submit(run);
        assertThatThrownBy(threads::crank).hasMessage("this thread is gone");
        assertThat(work.runsHere(run.release())).isFalse();
        work.ensure(run);
        threads.crank();
        assertThat(runner.takenOver()).containsExactly(new Run(run.release(), 2));
    }

    @Test
    void what_finds_no_thread_does_not_run_here() {
        OwnThreads crowded = byHand(new HandCrankedThreads() {
            @Override
            public void execute(Runnable work) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        crowded.begin(runner);
        Run run = runner.start("r1");
        assertThatThrownBy(() -> crowded.submit(run)).isInstanceOf(OutOfMemoryError.class);
        assertThat(crowded.runsHere(run.release())).isFalse();
    }

    @Test
    void nothing_runs_before_the_beginning() {
        OwnThreads work = byHand(threads);
        assertThatThrownBy(() -> work.ensure(runner.start("r1"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_waits_when_the_process_closes_is_not_run_any_more() {
        OwnThreads work = byHand(threads);
        work.begin(runner);
        Run run = runner.start("r1");
        runner.next(run, () -> {
            work.close();
            return Optional.of(Duration.ZERO);
        });
        work.submit(run);
        threads.crank();
        assertThat(work.runsHere(run.release())).isFalse();
        assertThat(threads.crank()).isFalse();
    }

    private static OwnThreads byHand(ExecutorService threads) {
        return threads(threads, Optional.empty());
    }

    private static OwnThreads threads(ExecutorService threads, Optional<Duration> every) {
        return new OwnThreads(threads, Clock.systemUTC()::instant, every);
    }

    private static class Delegating implements Runner {
        private final Runner runner;

        Delegating(Runner runner) {
            this.runner = runner;
        }

        @Override
        public Optional<Duration> run(Run run) {
            return runner.run(run);
        }

        @Override
        public Optional<Run> takeOver(ReleaseId release) {
            return runner.takeOver(release);
        }

        @Override
        public void look(Consumer<Run> running) {
            runner.look(running);
        }

        @Override
        public void tend() {
            runner.tend();
        }
    }
}
