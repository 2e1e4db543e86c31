package io.github.releasepipeline.target;

/**
 * Port: says whether a version is good enough for an environment.
 *
 * <p>Called on the engine's threads in the step "quality gates", never within a transaction. Must change nothing: it may be
 * called again after a crash or a retry. An exception counts as {@link GateResult.Verdict#INCONCLUSIVE}.
 */
public interface QualityGate {
    /** Its name, unique within a pipeline. */
    String name();

    /** Judges. */
    GateResult evaluate(GateContext context);
}
