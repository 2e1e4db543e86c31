package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link WorkSharing} does. One that looks and tends about once a second lets these tests take seconds. */
@Timeout(120)
public abstract class WorkSharingContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofMillis(400);

    private final ScriptedRunner runner = new ScriptedRunner();
    private final List<WorkSharing> opened = new ArrayList<>();
    private final CountDownLatch go = new CountDownLatch(1);

    /** For subclasses. */
    protected WorkSharingContract() {}

    /** A new one with nothing to do, that was not begun yet. Closed after each test. */
    protected abstract WorkSharing open();

    /** Another one of another process that works on the same store; called only if the first says that it is alone. */
    protected WorkSharing openBeside(WorkSharing first) {
        return open();
    }

    /** How many releases it drives at once at least. */
    protected int threads() {
        return 4;
    }

    @AfterEach
    void closeAll() {
        go.countDown();
        opened.forEach(WorkSharing::close);
        assertThat(runner.wrong()).isEmpty();
    }

    @Test
    void what_is_submitted_is_driven_under_its_token_and_not_again_when_it_rests() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(runner.begunWithin(MOMENT)).isEmpty();
        assertThat(runner.takenOver()).isEmpty();
    }

    @Test
    void what_asks_to_be_run_again_is_run_again_under_the_same_token_and_not_before() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        Duration wait = Duration.ofMillis(700);
        long begin = System.nanoTime();
        runner.next(run, () -> Optional.of(wait));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(wait.toNanos());
        assertThat(runner.takenOver()).isEmpty();
    }

    @Test
    void what_is_submitted_to_one_that_is_alone_is_driven_by_no_other() {
        WorkSharing work = begun();
        assumeTrue(work.isAlone(), "it shares its work");
        ScriptedRunner others = new ScriptedRunner(runner);
        WorkSharing other = openBeside(work);
        opened.add(other);
        other.begin(others);
        await(() -> others.looks() > 0); // what it finds when it begins it takes over
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(MOMENT));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(others.begunWithin(MOMENT)).isEmpty();
    }

    @Test
    void what_waits_for_a_time_holds_no_thread() {
        WorkSharing work = begun();
        for (int i = 0; i < 10 * threads(); i++) {
            Run waiting = runner.start("waits-" + i);
            runner.next(waiting, () -> Optional.of(HOUR));
            work.submit(waiting);
            assertThat(runner.begun()).isEqualTo(waiting);
        }
        Run run = runner.start("r1");
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
    }

    @Test
    void what_waits_for_a_time_is_driven_at_once_when_it_is_submitted_again() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(HOUR));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
    }

    @Test
    void what_waits_under_an_outdated_token_is_driven_under_a_newer_one_when_somebody_finds_it() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(HOUR));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        Run lost = runner.takeOver(run.release()).orElseThrow(); // its order never came
        await(() -> {
            work.ensure(lost);
            return runner.begunWithin(MOMENT)
                    .filter(next -> next.token() >= lost.token())
                    .isPresent();
        });
    }

    @Test
    void releases_are_driven_beside_each_other() {
        WorkSharing work = begun();
        for (int i = 0; i < threads(); i++) {
            Run run = runner.start("r" + i);
            runner.hold(run, go);
            work.submit(run);
            assertThat(runner.begun()).isEqualTo(run);
        }
    }

    @Test
    void a_release_that_is_driven_is_driven_again_when_that_is_over_and_never_twice_at_once() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.hold(run, go);
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        work.submit(run);
        assertThat(runner.begunWithin(MOMENT)).isEmpty();
        go.countDown();
        assertThat(runner.begun()).isEqualTo(run);
    }

    @Test
    void an_order_that_comes_late_does_not_push_out_a_newer_one() {
        WorkSharing work = begun();
        Run old = runner.start("r1");
        Run run = runner.takeOver(old.release()).orElseThrow();
        runner.next(run, () -> Optional.of(Duration.ofSeconds(1)));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        work.submit(old);
        Run next = runner.begun();
        assertThat(next.equals(old) ? runner.begun() : next).isEqualTo(run);
    }

    @Test
    void a_running_release_that_nobody_drives_is_taken_over() {
        Run lost = runner.start("r1");
        WorkSharing work = begun();
        work.ensure(lost);
        assertThat(runner.begun()).isEqualTo(new Run(lost.release(), lost.token() + 1));
    }

    @Test
    void an_order_whose_commit_nobody_heard_of_is_driven_if_it_was_made() {
        WorkSharing work = begun();
        work.doubt(new Run(new ReleaseId("not-made"), 1));
        Run made = runner.start("made");
        work.doubt(made);
        assertThat(runner.begun().release()).isEqualTo(made.release());
    }

    @Test
    void what_was_lost_before_it_began_is_found_and_taken_over() {
        Run lost = runner.start("r1");
        begun();
        assertThat(runner.begun()).isEqualTo(new Run(lost.release(), lost.token() + 1));
    }

    @Test
    void a_run_that_breaks_off_is_taken_over_and_not_repeated() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.next(run, () -> {
            throw new IllegalStateException("this run breaks off, on purpose");
        });
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        assertThat(runner.begun()).isEqualTo(new Run(run.release(), run.token() + 1));
    }

    @Test
    void a_release_that_is_driven_is_left_alone() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.hold(run, go);
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        work.ensure(run);
        looksAndTends(3);
        assertThat(runner.takenOver()).isEmpty();
    }

    @Test
    void a_release_that_waits_for_a_time_is_left_alone() {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.next(run, () -> Optional.of(HOUR));
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        work.ensure(run);
        looksAndTends(3);
        assertThat(runner.takenOver()).isEmpty();
    }

    @Test
    void who_closes_waits_for_the_step_that_is_being_made_and_begins_nothing_more() throws InterruptedException {
        WorkSharing work = begun();
        Run run = runner.start("r1");
        runner.hold(run, go);
        work.submit(run);
        assertThat(runner.begun()).isEqualTo(run);
        Thread closing = new Thread(work::close);
        closing.start();
        closing.join(MOMENT.toMillis());
        assertThat(closing.isAlive()).isTrue();
        go.countDown();
        closing.join();
        work.close();
        assertThatCode(() -> work.submit(runner.start("r2"))).doesNotThrowAnyException();
        assertThat(runner.begunWithin(MOMENT)).isEmpty();
    }

    @Test
    void somebody_looks_and_tends_again_and_again() {
        begun();
        looksAndTends(2);
    }

    private WorkSharing begun() {
        WorkSharing work = open();
        opened.add(work);
        work.begin(runner);
        looksAndTends(1); // what a test starts after that was not there when it began
        return work;
    }

    private void looksAndTends(int times) {
        int looks = runner.looks() + times;
        int tends = runner.tends() + times;
        await(() -> runner.looks() >= looks && runner.tends() >= tends);
    }

    /** Looks again until it is so. */
    private static void await(BooleanSupplier condition) {
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin)
                    .isLessThan(Duration.ofSeconds(60).toNanos());
            try {
                assertThat(never.await(10, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }
}
