package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.play.HandCrankedThreads;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private final HandCrankedThreads threads = new HandCrankedThreads();
    private final Workers workers = workers(threads);

    @Test
    void a_release_runs_here_from_its_start_to_its_end() {
        assertThat(workers.runsHere(RELEASE)).isFalse();
        workers.run(RELEASE, TOKEN);
        assertThat(workers.runsHere(RELEASE)).isTrue();
        assertThat(threads.crank()).isTrue();
        assertThat(workers.runsHere(RELEASE)).isFalse();
        assertThat(running.release().succeeded()).isTrue();
    }

    @Test
    void a_run_that_ends_late_does_not_hide_a_newer_one_of_the_same_release() {
        workers.run(RELEASE, TOKEN);
        workers.run(RELEASE, TOKEN);
        threads.crank();
        assertThat(workers.runsHere(RELEASE)).isTrue();
        threads.crank();
        assertThat(workers.runsHere(RELEASE)).isFalse();
    }

    @Test
    void a_worker_that_breaks_off_leaves_its_release_to_be_taken_over() {
        running.target.before(Step.BACKUP, () -> {
            throw new AssertionError("this thread is gone");
        });
        workers.run(RELEASE, TOKEN);
        assertThatThrownBy(threads::crank).hasMessage("this thread is gone");
        assertThat(workers.runsHere(RELEASE)).isFalse();
        Workers broken = new Workers(
                running.engine,
                new WiredEnvironments(List.of()),
                new Planner(running.engine, running.repository),
                version -> List.of(),
                "acme/flows",
                System::nanoTime,
                threads);
        broken.run(RELEASE, TOKEN);
        threads.crank();
        assertThat(broken.runsHere(RELEASE)).isFalse();
    }

    @Test
    void what_finds_no_thread_does_not_run_here() {
        Workers crowded = workers(new HandCrankedThreads() {
            @Override
            public void execute(Runnable work) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        assertThatThrownBy(() -> crowded.run(RELEASE, TOKEN)).isInstanceOf(OutOfMemoryError.class);
        assertThat(crowded.runsHere(RELEASE)).isFalse();
    }

    @Test
    void a_process_that_is_closed_runs_nothing_and_complains_to_nobody() {
        ExecutorService own = Workers.ownThreads();
        Workers closed = workers(own);
        closed.close();
        assertThat(own.isTerminated()).isTrue();
        assertThatCode(() -> closed.run(RELEASE, TOKEN)).doesNotThrowAnyException();
        assertThatCode(() -> closed.nudge(STAGING)).doesNotThrowAnyException();
        assertThat(closed.runsHere(RELEASE)).isFalse();
        assertThat(running.target.effects()).isEmpty();
    }

    @Test
    void a_process_that_closes_waits_for_the_step_it_is_in_and_begins_no_other() throws InterruptedException {
        // given
        Workers closing = workers(Workers.ownThreads());
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        running.target.before(Step.BACKUP, () -> {
            inStep.countDown();
            await(go);
        });
        closing.run(RELEASE, TOKEN);
        await(inStep);
        Thread closer = new Thread(closing::close);
        closer.start();
        waitsFor(closer);
        // when
        go.countDown();
        closer.join();
        // then
        assertThat(closing.runsHere(RELEASE)).isFalse();
        assertThat(running.target.effects())
                .extracting(ScriptedTarget.Effect::step)
                .containsExactly(Step.PRE_DEPLOYMENT_CHECKS, Step.BACKUP);
    }

    @Test
    void who_is_interrupted_while_closing_stays_interrupted() throws InterruptedException {
        // given
        Workers closing = workers(Workers.ownThreads());
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        running.target.before(Step.BACKUP, () -> {
            inStep.countDown();
            await(go);
        });
        closing.run(RELEASE, TOKEN);
        await(inStep);
        Thread closer = new Thread(() -> {
            closing.close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        waitsFor(closer);
        // when
        closer.interrupt();
        closer.join();
        // then
        assertThat(interrupted).isTrue();
        go.countDown();
        closing.close();
    }

    @Test
    void own_threads_do_not_keep_the_process_alive_and_say_whose_they_are() throws Exception {
        ExecutorService own = Workers.ownThreads();
        Thread thread = own.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("release-pipeline-worker");
        own.shutdown();
    }

    private static void waitsFor(Thread closer) {
        while (closer.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private Workers workers(ExecutorService onThese) {
        return new Workers(
                running.engine,
                new WiredEnvironments(List.of(running.wired(running.target))),
                new Planner(running.engine, running.repository),
                version -> List.of(),
                "acme/flows",
                System::nanoTime,
                onThese);
    }
}
