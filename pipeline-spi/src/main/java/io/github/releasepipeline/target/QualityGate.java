package io.github.releasepipeline.target;

/**
 * Port: says whether a version is good enough for an environment.
 *
 * <p>Called on the engine's threads in the step "quality gates", never within a transaction. Must change nothing: it may be
 * called again after a crash or a retry, by two workers at once after a takeover. A judgement is stored before the next gate is
 * asked. An exception, null, or no answer within the time limit of the step, counts as
 * {@link io.github.releasepipeline.release.GateVerdict#INCONCLUSIVE}, which ends the release with an error of the
 * infrastructure unless the gate is sampled or the step is tried again.
 */
public interface QualityGate {
    /** Its name, one line, unique within an environment, and the same after a restart. */
    String name();

    /** Judges. */
    GateResult evaluate(GateContext context);
}
