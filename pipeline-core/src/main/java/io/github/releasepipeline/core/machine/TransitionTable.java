package io.github.releasepipeline.core.machine;

import io.github.releasepipeline.subject.DomainEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which state may follow which on which event, as data. The one source for refusals, for the diagram in the documentation
 * and for the test that visits every edge.
 *
 * @param <K> names of the states
 */
public final class TransitionTable<K extends Enum<K>> {
    /**
     * One edge.
     *
     * @param from the state before; absent for the beginning
     * @param event what happens
     * @param to the state after
     */
    public record Edge<K>(Optional<K> from, Class<? extends DomainEvent> event, K to) {
        @Override
        public String toString() {
            return from.map(Object::toString).orElse("[*]") + " --" + DomainEvent.name(event) + "--> " + to;
        }
    }

    private final Set<Edge<K>> edges = new LinkedHashSet<>();

    /** Adds the beginning. */
    public TransitionTable<K> begin(Class<? extends DomainEvent> event, K to) {
        edges.add(new Edge<>(Optional.empty(), event, to));
        return this;
    }

    /** Adds an edge. */
    public TransitionTable<K> edge(K from, Class<? extends DomainEvent> event, K to) {
        edges.add(new Edge<>(Optional.of(from), event, to));
        return this;
    }

    /** Adds events that leave the state as it is. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final TransitionTable<K> stay(K state, Class<? extends DomainEvent>... events) {
        for (Class<? extends DomainEvent> event : events) {
            edge(state, event, state);
        }
        return this;
    }

    /** All edges, in the order they were added. */
    public Set<Edge<K>> edges() {
        return Collections.unmodifiableSet(edges);
    }

    /** Whether an event may happen in a state. */
    public boolean allows(K from, Class<? extends DomainEvent> event) {
        return edges.stream().anyMatch(edge -> edge.from().equals(Optional.of(from)) && edge.event() == event);
    }

    /**
     * Guards a fold.
     *
     * @throws IllegalStateException if there is no such edge: a rule let through what the table forbids
     */
    public void check(Optional<K> from, DomainEvent event, K to) {
        Edge<K> edge = new Edge<>(from, event.getClass(), to);
        if (!edges.contains(edge)) {
            throw new IllegalStateException("No such transition: " + edge);
        }
    }

    /** The table as a Mermaid state diagram; events with the same ends share an arrow. */
    public String toMermaid() {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        for (Edge<K> edge : edges) {
            String arrow = edge.from().map(Object::toString).orElse("[*]") + " --> " + edge.to();
            String event = DomainEvent.name(edge.event());
            labels.computeIfAbsent(arrow, key -> new ArrayList<>()).add(event.substring(event.indexOf('.') + 1));
        }
        StringBuilder diagram = new StringBuilder("stateDiagram-v2\n");
        labels.forEach((arrow, events) -> diagram.append("    ")
                .append(arrow)
                .append(": ")
                .append(String.join(", ", events))
                .append('\n'));
        return diagram.toString();
    }
}
