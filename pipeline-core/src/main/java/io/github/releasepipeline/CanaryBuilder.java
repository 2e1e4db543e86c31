package io.github.releasepipeline;

import io.github.releasepipeline.target.QualityGate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says who judges how a version does under a part of the traffic; at least one gate. Gates that are sampled and stand next to
 * each other are sampled at the same time, so that an error rate and a latency are watched together.
 */
public final class CanaryBuilder {
    private final GateList gates;

    CanaryBuilder(GateList gates) {
        this.gates = gates;
    }

    /** Adds a gate, which may be one of the environment's quality gates. */
    public CanaryBuilder gate(QualityGate gate) {
        return gate(gate, usage -> {});
    }

    /** Adds a gate and says how it is used. */
    public CanaryBuilder gate(QualityGate gate, Consumer<GateBuilder> usage) {
        gates.add(gate, usage);
        return this;
    }

    /**
     * Adds a gate for which a person decides, by {@link Releases#judge}, whether the version gets all of the traffic. The
     * release is paused meanwhile, and keeps the environment.
     */
    public CanaryBuilder gateByPerson(String name) {
        gates.byPerson(name, Optional.empty());
        return this;
    }

    /** The same for the members of a group. */
    public CanaryBuilder gateByPerson(String name, String group) {
        gates.byPerson(name, Optional.of(group));
        return this;
    }
}
