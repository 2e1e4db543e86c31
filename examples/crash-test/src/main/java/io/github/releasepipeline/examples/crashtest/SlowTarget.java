package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** A target whose calls take their time on the way there and back, so that faults find them on the way. */
final class SlowTarget implements CanaryTarget {
    private static final int LONGEST_MILLIS = 250;

    private final CanaryTarget target;
    private final Random random;

    SlowTarget(CanaryTarget target, Random random) {
        this.target = target;
        this.random = random;
    }

    private <T> T slowly(Supplier<T> call) {
        pause();
        T answer = call.get();
        pause();
        return answer;
    }

    private void pause() {
        LockSupport.parkNanos(random.nextInt(LONGEST_MILLIS) * 1_000_000L);
    }

    @Override
    public Observation observe() {
        return target.observe();
    }

    @Override
    public StepOutcome check(StepCall call) {
        return slowly(() -> target.check(call));
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        return slowly(() -> target.backUp(call));
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        return slowly(() -> target.stage(call, artifacts));
    }

    @Override
    public StepOutcome canary(StepCall call, int percent) {
        return slowly(() -> target.canary(call, percent));
    }

    @Override
    public StepOutcome activate(StepCall call) {
        return slowly(() -> target.activate(call));
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return slowly(() -> target.deactivate(call));
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        return slowly(() -> target.restore(call, source));
    }

    @Override
    public Probe probe(String attemptKey, long fencingToken) {
        return target.probe(attemptKey, fencingToken);
    }
}
