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
 * @param queuedFor how long it had waited in the queue before; zero if it never did
 * @param took how long it took, by a monotonic clock; absent while it runs
 * @param steps the steps begun, in order
 */
public record Attempt(
        int number,
        long fencingToken,
        Actor startedBy,
        Instant startedAt,
        Duration queuedFor,
        Optional<Duration> took,
        List<StepRun> steps) {
    /** Copies the list. */
    public Attempt {
        steps = List.copyOf(steps);
    }

    /** One that never waited in the queue. */
    public Attempt(
            int number,
            long fencingToken,
            Actor startedBy,
            Instant startedAt,
            Optional<Duration> took,
            List<StepRun> steps) {
        this(number, fencingToken, startedBy, startedAt, Duration.ZERO, took, steps);
    }

    /** The same under a newer token. */
    public Attempt under(long token) {
        return new Attempt(number, token, startedBy, startedAt, queuedFor, took, steps);
    }

    /** The same, ended after a time. */
    public Attempt took(Duration time) {
        return new Attempt(number, fencingToken, startedBy, startedAt, queuedFor, Optional.of(time), steps);
    }

    /** The same with other steps. */
    public Attempt steps(List<StepRun> runs) {
        return new Attempt(number, fencingToken, startedBy, startedAt, queuedFor, took, runs);
    }
}
