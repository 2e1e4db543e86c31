package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.deployment.RunningRelease.TOKEN;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.play.HandCrankedThreads;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchesTest {
    private static final Run RUN = new Run(RELEASE, TOKEN);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final StepPolicy WATCHED = StepPolicy.standard()
            .watch(new WatchPolicy(MINUTE.multipliedBy(10), MINUTE))
            .limit(Step.VERIFY, StepLimits.standard().timeout(Duration.ofMillis(100)));

    private final HandCrankedThreads threads = new HandCrankedThreads();
    private RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY, WATCHED);
    private final List<String> failures = new ArrayList<>();
    private Crew crew = crew();

    private Crew crew() {
        Crew crew = new Crew(running, threads);
        crew.workers.afterFailedVerification((release, failure, why) -> failures.add(failure + " " + why));
        return crew;
    }

    @Test
    void a_release_that_ended_well_is_run_again_for_the_first_check() {
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(running.environment().watch())
                .contains(new Watch(RELEASE, NOON, NOON.plus(MINUTE.multipliedBy(10))));
        assertThat(threads.crank()).as("what follows a release is done").isTrue();
    }

    @Test
    void a_check_that_passes_leaves_nothing_behind_but_the_time_of_the_next() {
        // given
        watched();
        int effects = running.target.effects().size();
        int events = running.events().size();
        int lines = running.lines().size();
        // when
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        // then
        assertThat(running.target.effects()).hasSize(effects + 1);
        assertThat(running.events()).hasSize(events);
        assertThat(running.lines()).hasSize(lines);
        assertThat(threads.crank()).as("nothing follows a check").isFalse();
    }

    @Test
    void the_check_at_the_end_of_the_watch_verifies_the_version() {
        watched();
        running.clock.advance(MINUTE.multipliedBy(9));
        assertThat(crew.workers.run(RUN)).isEmpty();
        assertThat(running.environment().active())
                .flatMap(ActiveVersion::verified)
                .contains(NOON.plus(MINUTE.multipliedBy(10)));
        assertThat(running.environment().watch()).isEmpty();
        assertThat(threads.crank()).as("who waits for it may go on").isTrue();
    }

    @Test
    void a_check_that_says_no_is_reported() {
        watched();
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        assertThat(crew.workers.run(RUN)).as("until somebody has dealt with it").contains(MINUTE);
        assertThat(failures).containsExactly("FAILED unhealthy");
        assertThat(running.lines()).last().isEqualTo("✗ unhealthy");
    }

    @Test
    void what_a_check_says_while_the_store_is_away_is_in_the_log_once_it_is_back() {
        watched();
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        running.store.loseNextCommit();
        crew.workers.run(RUN);
        assertThat(running.lines()).last().isEqualTo("✗ unhealthy");
    }

    @Test
    void a_check_whose_lines_cannot_be_stored_is_made_again() {
        watched();
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        running.store.loseNextCommit();
        running.store.loseNextCommit();
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_check_that_breaks_off_says_nothing() {
        watched();
        running.target.throwBefore(Step.VERIFY, new IllegalStateException("no route"));
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_check_that_takes_too_long_says_nothing_and_twice_the_time_of_the_watch_is_long_enough() {
        watched();
        running.clock.advance(MINUTE.multipliedBy(19));
        CountDownLatch end = new CountDownLatch(1);
        running.target.before(Step.VERIFY, () -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        end.countDown();
        assertThat(failures).containsExactly("ERRORED no answer within 0.1s");
    }

    @Test
    void nothing_is_checked_while_something_else_runs() {
        watched();
        running.execute(unit -> unit.record(
                EnvironmentMachine.MACHINE,
                new EnvironmentId(STAGING),
                new EnvironmentEvent.SlotTaken(new ReleaseId("other"), TOKEN + 1)));
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(failures).isEmpty();
    }

    @Test
    void nothing_is_checked_while_the_environment_is_degraded() {
        watched();
        EnvironmentId staging = new EnvironmentId(STAGING);
        running.execute(unit -> unit.record(
                EnvironmentMachine.MACHINE, staging, new EnvironmentEvent.Degraded("half rolled back", List.of())));
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(failures).isEmpty();
        running.execute(unit -> unit.record(EnvironmentMachine.MACHINE, staging, new EnvironmentEvent.Repaired()));
        running.clock.advance(MINUTE);
        crew.workers.run(RUN);
        assertThat(failures).containsExactly("FAILED unhealthy");
    }

    @Test
    void a_failure_that_cannot_be_dealt_with_now_is_found_again() {
        watched();
        crew.workers.afterFailedVerification((release, failure, why) -> {
            throw new IllegalStateException("the store is away");
        });
        running.target.failNext(Step.VERIFY, FailureKind.FAILED, "unhealthy");
        assertThat(crew.workers.run(RUN)).contains(MINUTE);
        assertThat(running.environment().watch()).isPresent();
    }

    @Test
    void who_looks_after_a_crash_finds_what_is_watched() {
        watched();
        List<Run> found = new ArrayList<>();
        crew.launcher.look(crew.wired, found::add, name -> {});
        assertThat(found).containsExactly(RUN);
        assertThat(crew.launcher.takeOver(RELEASE)).contains(RUN);
        assertThat(running.environment().fencingToken()).isEqualTo(TOKEN);
    }

    @Test
    void a_release_that_nobody_watches_is_not_run_again() {
        running = new RunningRelease(ReleaseKind.DEPLOY);
        crew = crew();
        assertThat(crew.workers.run(RUN)).isEmpty();
        assertThat(crew.workers.run(RUN)).isEmpty();
        List<Run> found = new ArrayList<>();
        crew.launcher.look(crew.wired, found::add, name -> {});
        assertThat(found).isEmpty();
        assertThat(crew.launcher.takeOver(RELEASE)).isEmpty();
    }

    /** The release has ended, and its first check is due. */
    private void watched() {
        crew.workers.run(RUN);
        boolean more = true;
        while (more) {
            more = threads.crank();
        }
        running.clock.advance(MINUTE);
    }
}
