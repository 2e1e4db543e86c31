package io.github.releasepipeline.target;

import io.github.releasepipeline.policy.GatePolicy;

/**
 * Ability of a {@link QualityGate} whose single answer says little: it wants to be asked again and again. No thread waits
 * between two samples, and after a crash another node goes on with them. Each sample is a call of its own: the gate keeps
 * nothing between them.
 */
public interface SampledGate extends QualityGate {
    /** How it is sampled, unless the environment says otherwise. Asked once, when the pipeline is built. */
    GatePolicy.Asking.Sampled sampling();
}
