package io.github.releasepipeline;

import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.target.QualityGate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The gates of one step, in order: how each is asked, and who is. */
final class GateList {
    private final Map<String, GatePolicy> policies = new LinkedHashMap<>();
    private final Map<String, QualityGate> asked = new LinkedHashMap<>();
    private final Set<String> twice = new LinkedHashSet<>();
    private final List<String> badlySaid = new ArrayList<>();

    /** Demands what was read from a file; who is asked comes with {@link #add}. */
    void demand(List<GatePolicy> gates) {
        gates.forEach(this::put);
    }

    /** What a file says of the gate stands if nothing is said of its usage here, and always if a person has to judge. */
    void add(QualityGate gate, Consumer<GateBuilder> usage) {
        GateBuilder builder = new GateBuilder(gate);
        usage.accept(builder);
        String name = gate.name();
        if (asked.put(name, gate) != null) {
            twice.add(name);
        }
        GatePolicy before = policies.getOrDefault(name, GatePolicy.once(name));
        boolean says = !before.equals(GatePolicy.once(name)) && !builder.isUsageSaid();
        if (!says && !isForPerson(before)) {
            policies.put(name, policy(builder, name));
        }
    }

    private GatePolicy policy(GateBuilder builder, String name) {
        try {
            return builder.policy();
        } catch (IllegalArgumentException e) {
            badlySaid.add("gate '" + name + "': " + e.getMessage());
            return GatePolicy.once(name);
        }
    }

    void byPerson(String name, Optional<String> group) {
        put(GatePolicy.byPerson(name, group));
    }

    private void put(GatePolicy policy) {
        if (policies.put(policy.name(), policy) != null) {
            twice.add(policy.name());
        }
    }

    List<GatePolicy> policies() {
        return List.copyOf(policies.values());
    }

    Map<String, QualityGate> asked() {
        return asked;
    }

    /** What is wrong with them, in clauses for people. */
    List<String> problems() {
        List<String> found = new ArrayList<>(badlySaid);
        twice.forEach(name -> found.add("two gates have the same name '" + name + "'"));
        policies.values().stream()
                .filter(policy -> !isForPerson(policy) && !asked.containsKey(policy.name()))
                .forEach(policy ->
                        found.add("gate '" + policy.name() + "' is demanded, and nobody answers: add it with gate(…)"));
        policies.values().stream()
                .filter(policy -> isForPerson(policy) && asked.containsKey(policy.name()))
                .forEach(policy ->
                        found.add("gate '" + policy.name() + "' is for a person to judge, and is in code too"));
        return found;
    }

    private static boolean isForPerson(GatePolicy policy) {
        return policy.asking() instanceof GatePolicy.Asking.ByPerson;
    }
}
