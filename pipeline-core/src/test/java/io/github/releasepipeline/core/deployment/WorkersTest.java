package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.play.HandCrankedThreads;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    private static final Run RUN = new Run(RELEASE, TOKEN);

    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private final HandCrankedThreads threads = new HandCrankedThreads();
    private final Crew crew = new Crew(running, threads);

    @Test
    void a_release_runs_from_its_start_to_its_end_and_is_not_run_again() {
        assertThat(crew.run(RUN)).isEmpty();
        assertThat(running.release().succeeded()).isTrue();
    }

    @Test
    void threads_of_one_process_go_on_from_the_start_that_it_has_stored_whatever_has_become_of_it() {
        // given
        running.record(new ReleaseEvent.StepStarted(
                Step.PRE_DEPLOYMENT_CHECKS, RunningRelease.key(Step.PRE_DEPLOYMENT_CHECKS)));
        Engine engine = running.seeing(RELEASE, running.release());
        running.record(new ReleaseEvent.StepSucceeded(
                Step.PRE_DEPLOYMENT_CHECKS, Duration.ofSeconds(1), "", Optional.empty()));
        // when
        new Crew(running, engine, threads, running.wired(running.target)).run(RUN);
        // then
        assertThat(running.target.effects())
                .extracting(ScriptedTarget.Effect::step)
                .startsWith(Step.PRE_DEPLOYMENT_CHECKS)
                .doesNotHaveDuplicates();
        assertThat(running.release().succeeded()).isTrue();
    }

    @Test
    void what_follows_a_release_is_done_in_the_background_once_it_has_ended() {
        List<ReleaseId> ended = new ArrayList<>();
        crew.workers.afterEach(release -> ended.add(release.id()));
        ReleaseId next = running.ready("r2", ReleaseKind.DEPLOY);
        running.execute(unit -> crew.launcher.launch(unit, next));
        crew.run(RUN);
        assertThat(ended).isEmpty();
        while (threads.crank()) {
            assertThat(ended).isNotEmpty();
        }
        assertThat(ended).containsExactly(RELEASE, next);
        assertThat(running.engine.get(next).state().kind()).isEqualTo(ReleaseState.Kind.SUCCEEDED);
    }

    @Test
    void a_run_of_an_older_token_does_nothing() {
        assertThat(crew.run(new Run(RELEASE, TOKEN - 1))).isEmpty();
        assertThat(running.target.effects()).isEmpty();
    }

    @Test
    void a_process_that_closes_ends_the_run_after_the_step_it_is_in_and_leaves_the_rest_to_others_at_once() {
        running.target.before(Step.BACKUP, crew.workers::stop);
        assertThat(crew.run(RUN)).contains(Duration.ZERO);
        assertThat(running.target.effects())
                .extracting(ScriptedTarget.Effect::step)
                .containsExactly(Step.PRE_DEPLOYMENT_CHECKS, Step.BACKUP);
        assertThat(new Crew(running, threads).run(RUN)).isEmpty();
        assertThat(running.release().succeeded()).isTrue();
    }

    @Test
    void a_process_that_closes_begins_nothing_that_follows() {
        List<ReleaseId> ended = new ArrayList<>();
        crew.workers.afterEach(release -> ended.add(release.id()));
        crew.run(RUN);
        crew.workers.stop();
        while (threads.crank()) {
            assertThat(ended).isEmpty();
        }
        assertThat(ended).isEmpty();
    }

    @Test
    void a_process_that_is_closed_runs_nothing_and_complains_to_nobody() {
        ExecutorService own = Workers.ownThreads();
        Crew closed = new Crew(running, own);
        closed.work.close();
        closed.errands.close();
        assertThat(own.isTerminated()).isTrue();
        assertThatCode(() -> closed.work.submit(RUN)).doesNotThrowAnyException();
        assertThatCode(() -> closed.launcher.nudge(STAGING)).doesNotThrowAnyException();
        assertThat(closed.work.runsHere(RELEASE)).isFalse();
        assertThat(running.target.effects()).isEmpty();
    }

    @Test
    void a_process_that_closes_waits_for_the_step_it_is_in_and_begins_no_other() throws InterruptedException {
        // given
        Crew closing = new Crew(running, Workers.ownThreads());
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        running.target.before(Step.BACKUP, () -> {
            inStep.countDown();
            await(go);
        });
        closing.work.submit(RUN);
        await(inStep);
        closing.workers.stop();
        Thread closer = new Thread(closing.work::close);
        closer.start();
        waitsFor(closer);
        // when
        go.countDown();
        closer.join();
        // then
        assertThat(closing.work.runsHere(RELEASE)).isFalse();
        assertThat(running.target.effects())
                .extracting(ScriptedTarget.Effect::step)
                .containsExactly(Step.PRE_DEPLOYMENT_CHECKS, Step.BACKUP);
    }

    @Test
    void who_is_interrupted_while_closing_stays_interrupted() throws InterruptedException {
        // given
        Crew closing = new Crew(running, Workers.ownThreads());
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        running.target.before(Step.BACKUP, () -> {
            inStep.countDown();
            await(go);
        });
        closing.work.submit(RUN);
        await(inStep);
        Thread closer = new Thread(() -> {
            closing.work.close();
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
        closing.work.close();
    }

    @Test
    void own_threads_do_not_keep_the_process_alive_and_say_whose_they_are() throws Exception {
        ExecutorService own = Workers.ownThreads();
        Thread thread = own.submit(Thread::currentThread).get(30, TimeUnit.SECONDS);
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).isEqualTo("release-pipeline-worker");
        own.shutdown();
    }

    @Test
    void what_breaks_off_comes_out() {
        assertThatThrownBy(() -> crew.run(new Run(new ReleaseId("r9"), TOKEN))).isInstanceOf(NotFoundException.class);
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
}
