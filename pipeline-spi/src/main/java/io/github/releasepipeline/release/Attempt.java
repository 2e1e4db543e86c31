package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One execution of a release's steps. History is never rewritten: a retry makes a new attempt.
 *
 * @param number from 1
 * @param fencingToken the newest token under which it runs; targets refuse older ones
 * @param startedBy who pressed Deploy or Retry, or rolled back; the library, for somebody, if it started by itself
 * @param startedAt when
 * @param took how long it took, by a monotonic clock; absent while it runs
 * @param steps the steps begun, in order
 */
public record Attempt(
        int number,
        long fencingToken,
        Actor startedBy,
        Instant startedAt,
        Optional<Duration> took,
        List<StepRun> steps) {
    /** Copies the list. */
    public Attempt {
        steps = List.copyOf(steps);
    }
}
