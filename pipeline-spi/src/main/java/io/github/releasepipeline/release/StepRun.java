package io.github.releasepipeline.release;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One execution of one step.
 *
 * @param step which
 * @param attemptKey the key under which the target knows this call; the same after a takeover
 * @param startedAt when its start was committed
 * @param status how it stands
 * @param took how long it took, by a monotonic clock; absent until known
 * @param summary one line of result, possibly empty
 */
public record StepRun(
        Step step, String attemptKey, Instant startedAt, Status status, Optional<Duration> took, String summary) {
    /** How a step stands. */
    public enum Status {
        /** Its start is committed, its outcome is not. */
        RUNNING,
        /** Done. */
        SUCCEEDED,
        /** Said no or did not work. */
        FAILED,
        /** Nobody can tell what happened; a person decides. */
        UNKNOWN
    }
}
