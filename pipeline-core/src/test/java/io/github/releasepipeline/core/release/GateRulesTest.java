package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.after;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.release.GateRules.Next;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateRulesTest {
    private static final GatePolicy TESTS = GatePolicy.once("tests");
    private static final GatePolicy FRESH = new GatePolicy("tests", Duration.ofMinutes(10), new Asking.Once());
    private static final GatePolicy RATE = new GatePolicy(
            "rate",
            Duration.ZERO,
            new Asking.Sampled(
                    Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(95)));
    private static final GatePolicy SLOW = new GatePolicy(
            "slow",
            Duration.ZERO,
            new Asking.Sampled(Duration.ZERO, Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(200)));
    private static final GatePolicy BOARD =
            new GatePolicy("board", Duration.ZERO, new Asking.ByPerson(Optional.empty()));

    @Test
    void no_gates_are_passed_at_once() {
        assertThat(GateRules.next(Gated.by(), NOON)).isEqualTo(new Next.Passed(0));
    }

    @Test
    void gates_are_asked_one_after_the_other() {
        Release release = Gated.by(TESTS, GatePolicy.once("scan"));
        assertThat(GateRules.next(release, NOON)).isEqualTo(new Next.Ask(TESTS));
        release = said(release, TESTS, GateVerdict.PASSED, 1);
        assertThat(GateRules.next(release, at(1))).isEqualTo(new Next.Ask(GatePolicy.once("scan")));
        release = said(release, GatePolicy.once("scan"), GateVerdict.PASSED, 2);
        assertThat(GateRules.next(release, at(2))).isEqualTo(new Next.Passed(2));
    }

    @Test
    void a_gate_that_failed_blames_the_version_and_one_that_cannot_tell_does_not() {
        assertThat(GateRules.next(said(Gated.by(TESTS), TESTS, GateVerdict.FAILED, 1), at(1)))
                .isEqualTo(new Next.Refused(FailureKind.FAILED, "Quality gate 'tests': said failed"));
        assertThat(GateRules.next(said(Gated.by(TESTS), TESTS, GateVerdict.INCONCLUSIVE, 1), at(1)))
                .isEqualTo(new Next.Refused(FailureKind.ERRORED, "Quality gate 'tests': said inconclusive"));
    }

    @Test
    void a_gate_of_a_person_is_not_asked_but_waited_for() {
        assertThat(GateRules.next(Gated.by(BOARD, TESTS), NOON)).isEqualTo(new Next.AwaitPerson(BOARD));
        assertThat(GateRules.next(said(Gated.by(BOARD, TESTS), BOARD, GateVerdict.PASSED, 900), at(900)))
                .isEqualTo(new Next.Ask(TESTS));
        assertThat(GateRules.next(said(Gated.by(BOARD, TESTS), BOARD, GateVerdict.FAILED, 900), at(900)))
                .isEqualTo(new Next.Refused(FailureKind.FAILED, "Quality gate 'board': said failed"));
    }

    @Test
    void the_first_sample_waits_until_things_have_settled() {
        assertThat(GateRules.next(Gated.by(RATE), NOON)).isEqualTo(new Next.Wait(at(30)));
        assertThat(GateRules.next(Gated.by(RATE), at(29))).isEqualTo(new Next.Wait(at(30)));
        assertThat(GateRules.next(Gated.by(RATE), at(30))).isEqualTo(new Next.Ask(RATE));
    }

    @Test
    void a_gate_settles_from_the_time_on_when_its_turn_has_come() {
        Release release = said(Gated.by(TESTS, RATE), TESTS, GateVerdict.PASSED, 100);
        assertThat(GateRules.next(release, at(100))).isEqualTo(new Next.Wait(at(130)));
    }

    @Test
    void samples_are_one_interval_apart() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30);
        assertThat(GateRules.next(release, at(31))).isEqualTo(new Next.Wait(at(40)));
        assertThat(GateRules.next(release, at(40))).isEqualTo(new Next.Ask(RATE));
        assertThat(GateRules.next(release, at(4000))).isEqualTo(new Next.Ask(RATE));
    }

    @Test
    void a_gate_has_passed_when_all_samples_were_green_for_the_time() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30, 40);
        assertThat(GateRules.next(release, at(40))).isEqualTo(new Next.Wait(at(50)));
        assertThat(GateRules.next(said(release, RATE, GateVerdict.PASSED, 50), at(50)))
                .isEqualTo(new Next.Passed(1));
    }

    @Test
    void gates_that_are_sampled_and_stand_next_to_each_other_are_sampled_at_the_same_time() {
        Release release = Gated.by(RATE, SLOW);
        assertThat(GateRules.next(release, NOON)).as("SLOW need not settle").isEqualTo(new Next.Ask(SLOW));
        release = said(release, SLOW, GateVerdict.PASSED, 0);
        assertThat(GateRules.next(release, at(1))).isEqualTo(new Next.Wait(at(15)));
        release = said(release, SLOW, GateVerdict.PASSED, 15);
        assertThat(GateRules.next(release, at(16))).as("SLOW wants more").isEqualTo(new Next.Wait(at(30)));
        assertThat(GateRules.next(release, at(30))).isEqualTo(new Next.Ask(RATE));
    }

    @Test
    void a_gate_is_sampled_on_while_others_beside_it_have_not_passed_and_all_have_to_be_green_in_the_end() {
        Release release = said(Gated.by(RATE, SLOW, BOARD), RATE, GateVerdict.PASSED, 30, 40, 50);
        release = said(release, SLOW, GateVerdict.PASSED, 45);
        assertThat(GateRules.next(release, at(50))).as("RATE has passed").isEqualTo(new Next.Wait(at(60)));
        Release green = said(release, SLOW, GateVerdict.PASSED, 60);
        assertThat(GateRules.next(green, at(60))).isEqualTo(new Next.AwaitPerson(BOARD));
        Release red = said(said(release, RATE, GateVerdict.FAILED, 59), SLOW, GateVerdict.PASSED, 60);
        assertThat(GateRules.next(red, at(69))).as("RATE is green no more").isEqualTo(new Next.Ask(RATE));
    }

    @Test
    void a_gate_that_was_green_at_its_last_sample_waits_for_those_beside_it() {
        Release release = said(Gated.by(RATE, SLOW), RATE, GateVerdict.PASSED, 75, 85, 95);
        release = said(release, SLOW, GateVerdict.FAILED, 90);
        assertThat(GateRules.next(release, at(95))).isEqualTo(new Next.Wait(at(105)));
        release = said(release, SLOW, GateVerdict.PASSED, 105, 120);
        assertThat(GateRules.next(release, at(120))).isEqualTo(new Next.Passed(2));
    }

    @Test
    void the_turn_of_what_comes_after_sampled_gates_begins_when_the_last_of_them_has_passed() {
        Release release = said(Gated.by(SLOW, TESTS, RATE), SLOW, GateVerdict.PASSED, 0, 15);
        assertThat(GateRules.next(release, at(15))).isEqualTo(new Next.Ask(TESTS));
        release = said(release, TESTS, GateVerdict.PASSED, 20);
        assertThat(GateRules.next(release, at(20))).isEqualTo(new Next.Wait(at(50)));
    }

    @Test
    void a_red_sample_begins_the_green_time_anew() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30, 40);
        release = said(release, RATE, GateVerdict.FAILED, 50);
        release = said(release, RATE, GateVerdict.PASSED, 60, 70);
        assertThat(GateRules.next(release, at(70))).isEqualTo(new Next.Wait(at(80)));
        assertThat(GateRules.next(said(release, RATE, GateVerdict.PASSED, 80), at(80)))
                .isEqualTo(new Next.Passed(1));
    }

    @Test
    void what_cannot_be_judged_begins_the_green_time_anew_too() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30, 40);
        release = said(release, RATE, GateVerdict.INCONCLUSIVE, 50);
        release = said(release, RATE, GateVerdict.PASSED, 60, 70);
        assertThat(GateRules.next(release, at(70))).isEqualTo(new Next.Wait(at(80)));
    }

    @Test
    void at_the_end_of_its_time_a_gate_is_asked_once_more_and_then_not_again() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.FAILED, 30, 40, 50, 60, 70, 80, 90);
        assertThat(GateRules.next(release, at(90))).isEqualTo(new Next.Wait(at(95)));
        assertThat(GateRules.next(release, at(95))).isEqualTo(new Next.Ask(RATE));
        assertThat(GateRules.next(said(release, RATE, GateVerdict.PASSED, 95), at(95)))
                .isEqualTo(new Next.Refused(
                        FailureKind.FAILED,
                        "Quality gate 'rate': not green for 20 seconds within 1 minute 35 seconds"
                                + " (8 samples, 7 failed): said passed"));
    }

    @Test
    void a_gate_that_could_never_be_judged_in_its_time_does_not_blame_the_version() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.INCONCLUSIVE, 30, 96);
        assertThat(GateRules.next(release, at(96)))
                .isEqualTo(new Next.Refused(
                        FailureKind.ERRORED,
                        "Quality gate 'rate': not green for 20 seconds within 1 minute 35 seconds"
                                + " (2 samples, 0 failed): said inconclusive"));
    }

    @Test
    void a_gate_may_pass_with_its_last_sample() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.FAILED, 30, 40, 50, 60);
        release = said(release, RATE, GateVerdict.PASSED, 75, 85, 95);
        assertThat(GateRules.next(release, at(95))).isEqualTo(new Next.Passed(1));
    }

    @Test
    void a_sample_that_comes_two_intervals_late_begins_the_green_time_anew() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30, 50);
        assertThat(GateRules.next(release, at(50))).as("just in time").isEqualTo(new Next.Passed(1));
        release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 30, 51);
        assertThat(GateRules.next(release, at(51))).isEqualTo(new Next.Wait(at(61)));
    }

    @Test
    void a_gate_that_takes_long_to_answer_is_not_late() {
        GateRun first = GateRun.first("rate", GateVerdict.PASSED, "", Map.of(), at(30));
        GateRun second = GateRules.judged(RATE, Optional.of(first), GateVerdict.PASSED, "", Map.of(), at(40), at(90));
        assertThat(second.since()).isEqualTo(at(30));
        assertThat(second.at()).isEqualTo(at(90));
    }

    @Test
    void of_several_gates_that_are_due_the_one_that_was_heard_longest_ago_is_asked_first() {
        GatePolicy third = new GatePolicy("third", Duration.ZERO, SLOW.asking());
        Release release = said(Gated.by(RATE, SLOW, third), third, GateVerdict.PASSED, 30);
        release = said(release, SLOW, GateVerdict.PASSED, 40);
        release = said(release, RATE, GateVerdict.PASSED, 50);
        assertThat(GateRules.next(release, at(60))).as("all are due").isEqualTo(new Next.Ask(third));
        assertThat(GateRules.next(said(release, third, GateVerdict.PASSED, 80), at(80)))
                .isEqualTo(new Next.Ask(SLOW));
    }

    @Test
    void a_clock_that_goes_back_neither_passes_a_gate_nor_holds_it_up() {
        Release release = said(Gated.by(RATE), RATE, GateVerdict.PASSED, 60);
        assertThat(GateRules.next(release, at(59))).isEqualTo(new Next.Ask(RATE));
        release = said(release, RATE, GateVerdict.PASSED, 40);
        assertThat(GateRules.next(release, at(40))).isEqualTo(new Next.Wait(at(50)));
        assertThat(GateRules.next(said(release, RATE, GateVerdict.PASSED, 50, 60), at(60)))
                .isEqualTo(new Next.Passed(1));
        assertThat(GateRules.next(Gated.by(RATE), NOON.minusSeconds(1))).isEqualTo(new Next.Ask(RATE));
    }

    @Test
    void a_retry_asks_again_what_is_not_fresh_any_more() {
        Release retried = Gated.retried(said(Gated.by(FRESH), FRESH, GateVerdict.PASSED, 60));
        GateRun then = GateRun.first("tests", GateVerdict.PASSED, "said passed", Map.of(), at(60));
        assertThat(GateRules.next(retried, at(60))).isEqualTo(new Next.Keep(then));
        assertThat(GateRules.next(retried, at(659))).isEqualTo(new Next.Keep(then));
        assertThat(GateRules.next(retried, at(660))).isEqualTo(new Next.Ask(FRESH));
        assertThat(GateRules.next(retried, at(59))).as("the clock went back").isEqualTo(new Next.Ask(FRESH));
        Release kept = after(retried, ALICE, new ReleaseEvent.GateKept(then));
        assertThat(GateRules.next(kept, at(9999))).isEqualTo(new Next.Passed(1));
    }

    @Test
    void a_retry_asks_again_what_did_not_pass() {
        for (GateVerdict verdict : new GateVerdict[] {GateVerdict.FAILED, GateVerdict.INCONCLUSIVE}) {
            Release retried = Gated.retried(said(Gated.by(FRESH), FRESH, verdict, 60));
            assertThat(GateRules.next(retried, at(61))).isEqualTo(new Next.Ask(FRESH));
        }
    }

    @Test
    void a_retry_believes_the_newest_judgement_of_all_earlier_attempts() {
        Release second = Gated.retried(said(Gated.by(FRESH), FRESH, GateVerdict.PASSED, 60));
        assertThat(GateRules.next(Gated.retried(second), at(61))).isInstanceOf(Next.Keep.class);
        Release failed = said(second, FRESH, GateVerdict.FAILED, 70);
        assertThat(GateRules.next(Gated.retried(failed), at(71))).isEqualTo(new Next.Ask(FRESH));
    }

    @Test
    void nothing_is_fresh_unless_the_environment_says_so() {
        Release retried = Gated.retried(said(Gated.by(TESTS), TESTS, GateVerdict.PASSED, 60));
        assertThat(GateRules.next(retried, at(60))).isEqualTo(new Next.Ask(TESTS));
    }

    @Test
    void a_gate_that_was_green_for_long_enough_needs_no_new_samples_while_it_is_fresh() {
        GatePolicy rate = new GatePolicy("rate", Duration.ofMinutes(10), RATE.asking());
        Release green = said(Gated.by(rate), rate, GateVerdict.PASSED, 30, 40, 50);
        Release kept = Gated.retried(green);
        GateRun then = ((Next.Keep) GateRules.next(kept, at(60))).run();
        assertThat(GateRules.next(after(kept, ALICE, new ReleaseEvent.GateKept(then)), at(60)))
                .isEqualTo(new Next.Passed(1));
        Release notYet = said(Gated.by(rate), rate, GateVerdict.PASSED, 30, 40);
        assertThat(GateRules.next(Gated.retried(notYet), at(60))).isEqualTo(new Next.Ask(rate));
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    private static Release said(Release release, GatePolicy gate, GateVerdict verdict, long... seconds) {
        Release now = release;
        for (long second : seconds) {
            now = Gated.said(now, gate, verdict, at(second));
        }
        return now;
    }
}
