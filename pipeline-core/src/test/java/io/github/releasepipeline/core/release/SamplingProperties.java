package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.release.GateRules.Next;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Plays samples second by second: whatever a gate says, the outcome is what a plain count of seconds says. */
class SamplingProperties {
    /** A sample: when, counted from the beginning, and what was said. */
    record Sample(long second, GateVerdict verdict) {}

    /** What came of it. */
    record Played(Next end, List<Sample> samples, long seconds) {}

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_gate_that_is_always_green_passes_as_early_as_it_can(@ForAll("samplings") Asking.Sampled sampling) {
        Played played = play(sampling, List.of(GateVerdict.PASSED));
        assertThat(played.end()).isEqualTo(new Next.Passed(1));
        long settle = sampling.settle().toSeconds();
        long green = sampling.greenFor().toSeconds();
        long every = sampling.every().toSeconds();
        long whole = (green + every - 1) / every * every;
        assertThat(played.seconds())
                .isEqualTo(Math.min(
                        settle + whole, Math.max(settle, sampling.timeout().toSeconds())));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_gate_that_is_never_green_fails_at_the_end_of_its_time_and_not_before(
            @ForAll("samplings") Asking.Sampled sampling) {
        Played played = play(sampling, List.of(GateVerdict.FAILED));
        assertThat(played.end())
                .isInstanceOfSatisfying(
                        Next.Refused.class,
                        refused -> assertThat(refused.failure()).isEqualTo(FailureKind.FAILED));
        assertThat(played.seconds()).isEqualTo(sampling.timeout().toSeconds());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void a_gate_passes_only_if_it_was_green_without_a_break_up_to_the_end(
            @ForAll("samplings") Asking.Sampled sampling, @ForAll("verdicts") List<GateVerdict> verdicts) {
        Played played = play(sampling, verdicts);
        List<Sample> newestFirst = new ArrayList<>(played.samples());
        Collections.reverse(newestFirst);
        long end = newestFirst.get(0).second();
        long green = -1;
        for (Sample sample : newestFirst) {
            if (sample.verdict() != GateVerdict.PASSED) {
                break;
            }
            green = end - sample.second();
        }
        assertThat(played.end() instanceof Next.Passed)
                .as("%s", played)
                .isEqualTo(green >= sampling.greenFor().toSeconds());
        if (played.end() instanceof Next.Refused refused) {
            boolean red = played.samples().stream().anyMatch(sample -> sample.verdict() == GateVerdict.FAILED);
            assertThat(refused.failure()).isEqualTo(red ? FailureKind.FAILED : FailureKind.ERRORED);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void samples_are_taken_in_time_and_are_few(
            @ForAll("samplings") Asking.Sampled sampling, @ForAll("verdicts") List<GateVerdict> verdicts) {
        List<Sample> samples = play(sampling, verdicts).samples();
        assertThat(samples.get(0).second()).isEqualTo(sampling.settle().toSeconds());
        for (int i = 1; i < samples.size(); i++) {
            long apart = samples.get(i).second() - samples.get(i - 1).second();
            boolean last = samples.get(i).second() == sampling.timeout().toSeconds();
            assertThat(apart == sampling.every().toSeconds() || last).isTrue();
        }
        assertThat(samples).hasSizeLessThanOrEqualTo(Asking.Sampled.MOST_SAMPLES + 1);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void it_makes_no_difference_how_often_somebody_looks_in_between(
            @ForAll("samplings") Asking.Sampled sampling, @ForAll("verdicts") List<GateVerdict> verdicts) {
        assertThat(play(sampling, verdicts, true)).isEqualTo(play(sampling, verdicts, false));
    }

    private static Played play(Asking.Sampled sampling, List<GateVerdict> verdicts) {
        return play(sampling, verdicts, false);
    }

    /** @param restless whether the worker looks every second, and not only when it is due */
    private static Played play(Asking.Sampled sampling, List<GateVerdict> verdicts, boolean restless) {
        GatePolicy gate = new GatePolicy("rate", Duration.ZERO, sampling);
        Release release = Gated.by(gate);
        Instant now = NOON;
        List<Sample> samples = new ArrayList<>();
        while (true) {
            Next next = GateRules.next(release, now);
            if (next instanceof Next.Wait wait) {
                assertThat(wait.until()).isAfter(now);
                now = restless ? now.plusSeconds(1) : wait.until();
            } else if (next instanceof Next.Ask) {
                GateVerdict verdict = verdicts.get(samples.size() % verdicts.size());
                samples.add(new Sample(Duration.between(NOON, now).toSeconds(), verdict));
                release = Gated.said(release, gate, verdict, now);
            } else {
                return new Played(next, samples, Duration.between(NOON, now).toSeconds());
            }
        }
    }

    @Provide
    Arbitrary<Asking.Sampled> samplings() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 40),
                        Arbitraries.longs().between(1, 20),
                        Arbitraries.longs().between(0, 60),
                        Arbitraries.longs().between(0, 120))
                .as((settle, every, green, spare) -> new Asking.Sampled(
                        Duration.ofSeconds(settle),
                        Duration.ofSeconds(every),
                        Duration.ofSeconds(green),
                        Duration.ofSeconds(settle + green + spare)));
    }

    @Provide
    Arbitrary<List<GateVerdict>> verdicts() {
        return Arbitraries.frequency(
                        Tuple.of(6, GateVerdict.PASSED),
                        Tuple.of(2, GateVerdict.FAILED),
                        Tuple.of(1, GateVerdict.INCONCLUSIVE))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }
}
