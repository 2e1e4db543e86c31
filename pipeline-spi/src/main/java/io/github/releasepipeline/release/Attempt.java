package io.github.releasepipeline.release;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One execution of a release's steps. History is never rewritten: a retry makes a new attempt.
 *
 * @param number from 1
 * @param fencingToken the newest token under which it runs; targets refuse older ones
 * @param startedAt when
 * @param took how long it took, by a monotonic clock; absent while it runs
 * @param steps the steps begun, in order
 */
public record Attempt(int number, long fencingToken, Instant startedAt, Optional<Duration> took, List<StepRun> steps) {
    /** Copies the list. */
    public Attempt {
        steps = List.copyOf(steps);
    }
}
