package io.github.releasepipeline.memory;

import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** What shall go wrong, step by step; each order is carried out once, in the order given. Thread-safe. */
final class Script {
    private final Map<Step, Queue<Runnable>> before = new EnumMap<>(Step.class);
    private final Map<Step, Queue<Runnable>> after = new EnumMap<>(Step.class);
    private final Map<Step, Queue<StepOutcome.Failed>> failures = new EnumMap<>(Step.class);
    private final Queue<String> lostProbes = new ArrayDeque<>();

    synchronized void before(Step step, Runnable action) {
        of(before, step).add(action);
    }

    synchronized void after(Step step, Runnable action) {
        of(after, step).add(action);
    }

    synchronized void fail(Step step, StepOutcome.Failed outcome) {
        of(failures, step).add(outcome);
    }

    synchronized void loseProbe(String why) {
        lostProbes.add(why);
    }

    void runBefore(Step step) {
        next(before, step).ifPresent(Runnable::run);
    }

    void runAfter(Step step) {
        next(after, step).ifPresent(Runnable::run);
    }

    Optional<StepOutcome.Failed> failure(Step step) {
        return next(failures, step);
    }

    synchronized Optional<String> lostProbe() {
        return Optional.ofNullable(lostProbes.poll());
    }

    private synchronized <T> Optional<T> next(Map<Step, Queue<T>> orders, Step step) {
        return Optional.ofNullable(of(orders, step).poll());
    }

    private static <T> Queue<T> of(Map<Step, Queue<T>> orders, Step step) {
        return orders.computeIfAbsent(step, key -> new ArrayDeque<>());
    }
}
