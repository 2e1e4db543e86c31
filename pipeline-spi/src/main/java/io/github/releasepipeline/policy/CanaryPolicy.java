package io.github.releasepipeline.policy;

import java.util.List;

/**
 * A version gets a part of the traffic before it gets all of it. The gates judge how it does there; when all have passed it
 * gets the rest, and if one has not, all traffic goes back to the version that is active.
 *
 * @param percent which part, from 1 to 99
 * @param gates who judges, in order, at least one; a person's gate among them has somebody decide
 */
public record CanaryPolicy(int percent, List<GatePolicy> gates) {
    /** Checks the part and copies the list. */
    public CanaryPolicy {
        if (percent < 1 || percent > 99) {
            throw new IllegalArgumentException("A canary gets 1 to 99 percent of the traffic, not " + percent);
        }
        gates = List.copyOf(gates);
        if (gates.isEmpty()) {
            throw new IllegalArgumentException("A canary needs a gate: nobody would look at how it does");
        }
    }
}
