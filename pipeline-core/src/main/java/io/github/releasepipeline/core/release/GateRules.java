package io.github.releasepipeline.core.release;

import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.subject.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What comes next in a step that asks gates. Follows from the stored release alone, so that it goes on after a crash. */
public final class GateRules {
    /** A sample that comes so many intervals late tells nothing of the time since the one before. */
    private static final int LATE = 2;

    /** What comes next. */
    public sealed interface Next {
        /**
         * Ask a gate.
         *
         * @param gate which
         */
        record Ask(GatePolicy gate) implements Next {}

        /**
         * Record that an earlier judgement counts.
         *
         * @param run which
         */
        record Keep(GateRun run) implements Next {}

        /**
         * Nothing before that time; no thread has to wait.
         *
         * @param until when to look again
         */
        record Wait(Instant until) implements Next {}

        /**
         * Wait for a person's judgement.
         *
         * @param gate of which gate
         */
        record AwaitPerson(GatePolicy gate) implements Next {}

        /**
         * All gates have passed.
         *
         * @param gates how many
         */
        record Passed(int gates) implements Next {}

        /**
         * A gate has not passed.
         *
         * @param failure whether the version is to blame
         * @param message one line that names the gate
         */
        record Refused(FailureKind failure, String message) implements Next {}
    }

    private GateRules() {}

    /**
     * The next move of the step.
     *
     * @param release a release whose newest step asks gates
     * @param now the time; may have gone back since what is stored
     */
    public static Next next(Release release, Instant now) {
        StepRun step = StepRules.lastRun(release).orElseThrow();
        List<GatePolicy> gates = gates(release, step.step());
        Instant turn = step.startedAt();
        for (List<GatePolicy> together : together(gates)) {
            Optional<Next> next = next(release, step, together, turn, now);
            if (next.isPresent()) {
                return next.get();
            }
            turn = ended(step, together, turn);
        }
        return new Next.Passed(gates.size());
    }

    private static List<GatePolicy> gates(Release release, Step step) {
        return step == Step.CANARY_ANALYSIS
                ? release.policy().steps().canary().orElseThrow().gates()
                : release.policy().gates();
    }

    /** Gates that are sampled and stand next to each other are sampled at the same time; every other has its turn for itself. */
    private static List<List<GatePolicy>> together(List<GatePolicy> gates) {
        List<List<GatePolicy>> groups = new ArrayList<>();
        boolean open = false;
        for (GatePolicy gate : gates) {
            boolean sampled = gate.asking() instanceof Asking.Sampled;
            if (!(open && sampled)) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(gate);
            open = sampled;
        }
        return groups;
    }

    /**
     * Empty if all of them have passed, as their newest samples say. Who was heard longest ago is asked first, so that slow
     * answers of others do not keep a gate from being asked.
     */
    private static Optional<Next> next(
            Release release, StepRun step, List<GatePolicy> together, Instant turn, Instant now) {
        if (together.stream()
                .allMatch(gate -> step.gate(gate.name())
                        .filter(run -> hasPassed(gate, run))
                        .isPresent())) {
            return Optional.empty();
        }
        List<Next> moves = together.stream()
                .sorted(Comparator.comparing(
                        gate -> step.gate(gate.name()).map(GateRun::at).orElse(Instant.MIN)))
                .flatMap(gate -> step
                        .gate(gate.name())
                        .map(run -> more(gate, run, step, turn, now))
                        .orElseGet(() -> Optional.of(first(release, gate, turn, now)))
                        .stream())
                .toList();
        return moves.stream()
                .filter(Next.Refused.class::isInstance)
                .findFirst()
                .or(() -> moves.stream()
                        .filter(move -> !(move instanceof Next.Wait))
                        .findFirst())
                .or(() -> moves.stream().min(Comparator.comparing(move -> ((Next.Wait) move).until())));
    }

    private static Instant ended(StepRun step, List<GatePolicy> together, Instant turn) {
        return together.stream()
                .flatMap(gate -> step.gate(gate.name()).stream())
                .map(GateRun::at)
                .filter(turn::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(turn);
    }

    private static Next first(Release release, GatePolicy gate, Instant turn, Instant now) {
        Optional<GateRun> fresh = earlier(release, gate.name()).filter(run -> stillCounts(gate, run, now));
        if (fresh.isPresent()) {
            return new Next.Keep(fresh.get());
        }
        if (gate.asking() instanceof Asking.ByPerson) {
            return new Next.AwaitPerson(gate);
        }
        return askAfter(gate, turn, gate.asking() instanceof Asking.Sampled s ? s.settle() : Duration.ZERO, now);
    }

    /** Empty if the gate has passed and is not asked again while others are sampled beside it. */
    private static Optional<Next> more(GatePolicy gate, GateRun run, StepRun step, Instant turn, Instant now) {
        if (!(gate.asking() instanceof Asking.Sampled sampled)) {
            return Optional.of(refused(gate, run.verdict(), run.summary()));
        }
        if (step.step() == Step.CANARY_ANALYSIS && run.verdict() == GateVerdict.FAILED) {
            return Optional.of(refused(gate, run.verdict(), run.summary())); // users are met by it already
        }
        boolean passed = hasPassed(gate, run);
        if (passed && run.at().isBefore(step.startedAt())) {
            return Optional.empty(); // what an earlier execution said counts
        }
        Instant last = turn.plus(sampled.timeout());
        if (!run.at().isBefore(last)) {
            String message = "not green for " + Spans.text(sampled.greenFor()) + " within "
                    + Spans.text(sampled.timeout()) + " (" + run.samples() + " samples, " + run.failures()
                    + " failed): " + run.summary();
            GateVerdict verdict = run.failures() > 0 ? GateVerdict.FAILED : GateVerdict.INCONCLUSIVE;
            return passed ? Optional.empty() : Optional.of(refused(gate, verdict, message));
        }
        Duration left = Duration.between(run.at(), last);
        return Optional.of(askAfter(gate, run.at(), sampled.every().compareTo(left) < 0 ? sampled.every() : left, now));
    }

    /** A clock that went back must not make anybody wait for it to come round again. */
    private static Next askAfter(GatePolicy gate, Instant from, Duration wait, Instant now) {
        Instant due = from.plus(wait);
        return now.isBefore(from) || !now.isBefore(due) ? new Next.Ask(gate) : new Next.Wait(due);
    }

    private static Next refused(GatePolicy gate, GateVerdict verdict, String why) {
        FailureKind failure = verdict == GateVerdict.FAILED ? FailureKind.FAILED : FailureKind.ERRORED;
        return new Next.Refused(failure, "Quality gate '" + gate.name() + "': " + why);
    }

    /** Whether a gate is done with: it has passed, and for long enough. */
    public static boolean hasPassed(GatePolicy gate, GateRun run) {
        Duration needed = gate.asking() instanceof Asking.Sampled sampled ? sampled.greenFor() : Duration.ZERO;
        return run.verdict() == GateVerdict.PASSED && run.lasting().compareTo(needed) >= 0;
    }

    private static boolean stillCounts(GatePolicy gate, GateRun run, Instant now) {
        Duration age = Duration.between(run.at(), now);
        return hasPassed(gate, run) && !age.isNegative() && age.compareTo(gate.freshFor()) < 0;
    }

    /** What a gate said last before this execution of the step. */
    private static Optional<GateRun> earlier(Release release, String gate) {
        List<StepRun> steps = release.attempts().stream()
                .map(Attempt::steps)
                .flatMap(List::stream)
                .toList();
        Step newest = steps.get(steps.size() - 1).step();
        return steps.subList(0, steps.size() - 1).stream()
                .filter(run -> run.step() == newest)
                .flatMap(run -> run.gate(gate).stream())
                .reduce((older, newer) -> newer);
    }

    /**
     * What is known of a gate after it has judged once more.
     *
     * @param before what was known in this execution of the step; empty if nothing
     * @param asking since when gates were asked without a pause: who stands behind another's slow answer is not late
     * @param at when it had answered
     */
    public static GateRun judged(
            GatePolicy gate,
            Optional<GateRun> before,
            GateVerdict verdict,
            String summary,
            Map<String, String> evidence,
            Instant asking,
            Instant at) {
        GateRun first = GateRun.first(gate.name(), verdict, summary, evidence, at);
        if (before.isEmpty()) {
            return first;
        }
        GateRun last = before.get();
        boolean goesOn = last.verdict() == verdict && !at.isBefore(last.at()) && !late(gate, last, asking);
        return new GateRun(
                first.gate(),
                first.verdict(),
                first.summary(),
                first.evidence(),
                at,
                last.samples() + 1,
                last.failures() + first.failures(),
                goesOn ? last.since() : at);
    }

    private static boolean late(GatePolicy gate, GateRun last, Instant asking) {
        return gate.asking() instanceof Asking.Sampled sampled
                && asking.isAfter(last.at().plus(sampled.every().multipliedBy(LATE)));
    }
}
