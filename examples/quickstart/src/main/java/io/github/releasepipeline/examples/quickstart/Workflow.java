package io.github.releasepipeline.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a workflow file says. */
final class Workflow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Workflow() {}

    /** What is wrong with a workflow; empty if it is JSON and a graph without cycles. */
    static Optional<String> problem(byte[] bytes) {
        JsonNode workflow;
        try {
            workflow = JSON.readTree(bytes);
        } catch (IOException e) {
            return Optional.of("no valid JSON");
        }
        Map<String, Integer> incoming = new HashMap<>();
        Map<String, List<String>> next = new HashMap<>();
        for (JsonNode node : workflow.path("nodes")) {
            if (incoming.put(node.path("id").asText(), 0) != null) {
                return Optional.of("two nodes '" + node.path("id").asText() + "'");
            }
        }
        for (JsonNode edge : workflow.path("edges")) {
            String from = edge.path("from").asText();
            String to = edge.path("to").asText();
            if (!incoming.containsKey(from) || !incoming.containsKey(to)) {
                return Optional.of("the edge from '" + from + "' to '" + to + "' leads to no node");
            }
            next.computeIfAbsent(from, key -> new ArrayList<>()).add(to);
            incoming.merge(to, 1, Integer::sum);
        }
        return incoming.isEmpty() ? Optional.of("no nodes") : cycle(incoming, next);
    }

    /** Takes away what nothing leads to, again and again; what is left runs in a circle. */
    private static Optional<String> cycle(Map<String, Integer> incoming, Map<String, List<String>> next) {
        Deque<String> free = new ArrayDeque<>();
        incoming.forEach((node, edges) -> {
            if (edges == 0) {
                free.add(node);
            }
        });
        Set<String> left = new TreeSet<>(incoming.keySet());
        while (!free.isEmpty()) {
            String node = free.remove();
            left.remove(node);
            for (String to : next.getOrDefault(node, List.of())) {
                if (incoming.merge(to, -1, Integer::sum) == 0) {
                    free.add(to);
                }
            }
        }
        return left.isEmpty() ? Optional.empty() : Optional.of("the nodes " + left + " run in a circle");
    }

    /** The agents that a workflow calls. */
    static Set<String> agents(byte[] bytes) {
        Set<String> agents = new TreeSet<>();
        try {
            for (JsonNode node : JSON.readTree(bytes).path("nodes")) {
                if (node.hasNonNull("agent")) {
                    agents.add(node.path("agent").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return agents;
    }
}
