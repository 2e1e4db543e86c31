package io.github.releasepipeline.release;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param failure what sort of error, if it failed
 * @param waiting what comes next waits for this: with a failed step another try under another key, with a running one another
 *     look at it
 * @param gates what the quality gates said so far, in their order; empty for other steps
 */
public record StepRun(
        Step step,
        String attemptKey,
        Instant startedAt,
        Status status,
        Optional<Duration> took,
        String summary,
        Optional<FailureKind> failure,
        Optional<StepWait> waiting,
        List<GateRun> gates) {
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

    /** Copies the list. */
    public StepRun {
        gates = List.copyOf(gates);
    }

    /** A step whose start is committed, and nothing else. */
    public static StepRun begun(Step step, String attemptKey, Instant at) {
        return new StepRun(
                step,
                attemptKey,
                at,
                Status.RUNNING,
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** The same execution with another standing; it did not fail, and waits for nothing any more. */
    public StepRun now(Status newStatus, Optional<Duration> newTook, String newSummary) {
        return new StepRun(
                step, attemptKey, startedAt, newStatus, newTook, newSummary, Optional.empty(), Optional.empty(), gates);
    }

    /** The same execution after it failed. */
    public StepRun failed(Optional<Duration> newTook, String newSummary, FailureKind kind) {
        return new StepRun(
                step,
                attemptKey,
                startedAt,
                Status.FAILED,
                newTook,
                newSummary,
                Optional.of(kind),
                Optional.empty(),
                gates);
    }

    /** The same execution after a gate has judged; the newest judgement of each gate counts. */
    public StepRun judged(GateRun run) {
        List<GateRun> all = new ArrayList<>(gates);
        all.removeIf(earlier -> earlier.gate().equals(run.gate()));
        all.add(run);
        return new StepRun(step, attemptKey, startedAt, status, took, summary, failure, waiting, all);
    }

    /** What a gate has said in this execution; empty if nothing yet. */
    public Optional<GateRun> gate(String name) {
        return gates.stream().filter(run -> run.gate().equals(name)).findFirst();
    }

    /** Whether it was tried, did not work, and is to be tried again under another key. */
    public boolean isTriedAgain() {
        return status == Status.FAILED && waiting.isPresent();
    }
}
