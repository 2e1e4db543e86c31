package io.github.releasepipeline.core.release;

import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.time.Instant;

/** How a version is watched after its activation. */
public final class WatchRules {
    /** What a check means for the version that is watched. */
    public enum Verdict {
        /** It is watched on. */
        WATCH_ON,
        /** It is proved. */
        VERIFIED,
        /** A check said no. */
        FAILED,
        /** No check could say anything for too long. */
        UNKNOWN
    }

    private WatchRules() {}

    /**
     * What a check means. One that could not say anything means nothing, until the time of the watch has passed twice.
     *
     * @param outcome what the target said
     * @param now when it said so
     */
    public static Verdict verdict(Watch watch, StepOutcome outcome, Instant now) {
        if (outcome instanceof StepOutcome.Done) {
            return now.isBefore(watch.until()) ? Verdict.WATCH_ON : Verdict.VERIFIED;
        }
        if (outcome instanceof StepOutcome.Failed failed && failed.failure() == FailureKind.FAILED) {
            return Verdict.FAILED;
        }
        Instant patience = watch.until().plus(Duration.between(watch.since(), watch.until()));
        return now.isBefore(patience) ? Verdict.WATCH_ON : Verdict.UNKNOWN;
    }

    /**
     * When the next check is due: checks come in intervals from the beginning of the watch, and one at its end.
     *
     * @param last when the last one was; the beginning of the watch before the first
     */
    public static Instant next(Watch watch, Duration interval, Instant last) {
        Duration elapsed = Duration.between(watch.since(), last);
        Instant next = watch.since().plus(interval.multipliedBy(elapsed.dividedBy(interval) + 1));
        return last.isBefore(watch.until()) && next.isAfter(watch.until()) ? watch.until() : next;
    }

    /**
     * How long to wait for a check, never longer than from one to the next: a clock may be put back.
     *
     * @param due when it is due
     */
    public static Duration wait(Instant due, Duration interval, Instant now) {
        Duration wait = Duration.between(now, due);
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(interval) < 0 ? wait : interval;
    }
}
