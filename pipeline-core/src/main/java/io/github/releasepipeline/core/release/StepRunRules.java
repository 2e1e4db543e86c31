package io.github.releasepipeline.core.release;

import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Resolution;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.release.StepWait;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What becomes of the execution of a step. The time it took counts its waits until it ended. */
final class StepRunRules {
    private StepRunRules() {}

    static StepRun ended(StepRun run, StepRun.Status status, Duration took, String summary) {
        return run.now(status, Optional.of(soFar(run).plus(took)), summary);
    }

    static StepRun failed(StepRun run, ReleaseEvent.StepFailed failed) {
        Optional<Duration> took = Optional.of(soFar(run).plus(failed.took()));
        return run.failed(took, failed.message(), failed.failure());
    }

    /** A wait of no length only says that the answer did not come: it is not counted. */
    static StepRun waiting(StepRun run, ReleaseEvent.StepWaits waits, Instant now) {
        int before = run.waiting().map(StepWait::number).orElse(0);
        boolean counts = waits.until().isAfter(now);
        Duration waited = run.waiting().map(StepWait::waited).orElse(Duration.ZERO);
        StepWait wait = new StepWait(
                counts ? before + 1 : before,
                now,
                waits.until(),
                counts ? waited.plus(Duration.between(now, waits.until())) : waited,
                waits.why());
        return new StepRun(
                run.step(),
                run.attemptKey(),
                run.startedAt(),
                run.status(),
                Optional.of(run.took().orElse(Duration.ZERO).plus(waits.took())),
                run.summary(),
                run.failure(),
                Optional.of(wait),
                run.gates());
    }

    static StepRun lost(StepRun run, String why) {
        Optional<Duration> took = Optional.of(soFar(run)).filter(time -> !time.isZero());
        return run.now(StepRun.Status.UNKNOWN, took, why);
    }

    static StepRun resolved(StepRun run, Resolution resolution, String by) {
        return switch (resolution) {
            case HAPPENED -> run.now(StepRun.Status.SUCCEEDED, run.took(), "confirmed by " + by);
            case REPEAT -> run;
            case GIVE_UP -> run.failed(run.took(), "given up by " + by, FailureKind.UNKNOWN);
        };
    }

    private static Duration soFar(StepRun run) {
        return run.took()
                .orElse(Duration.ZERO)
                .plus(run.waiting().map(StepWait::waited).orElse(Duration.ZERO));
    }
}
