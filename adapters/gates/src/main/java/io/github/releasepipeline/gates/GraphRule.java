package io.github.releasepipeline.gates;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.subject.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An item is a graph in which everything can be reached and nothing runs in a circle. */
final class GraphRule implements ItemRule {
    private static final int LONGEST_ID = 60;

    private final GraphShape shape;

    GraphRule(GraphShape shape) {
        this.shape = shape;
    }

    @Override
    public List<String> problems(JsonNode root) {
        List<String> problems = new ArrayList<>();
        Map<String, String> places = nodes(root, problems);
        if (places.isEmpty() && problems.isEmpty()) {
            problems.add(shape.nodes() + ": there are no nodes");
        }
        Graph graph = new Graph(places.keySet());
        edges(root, graph, places, problems);
        Optional<String> start = start(root, places, problems);
        if (problems.isEmpty()) {
            graph.cycle()
                    .ifPresent(cycle -> problems.add(shape.nodes() + ": nodes run in a circle: "
                            + String.join(
                                    " → ",
                                    cycle.stream()
                                            .limit(MOST_PROBLEMS)
                                            .map(GraphRule::shown)
                                            .toList())
                            + (cycle.size() > MOST_PROBLEMS ? " → …" : "")));
        }
        if (problems.isEmpty()) {
            graph.unreachable(start)
                    .forEach(node -> problems.add(places.get(node) + ": node " + shown(node) + " cannot be reached"));
        }
        return problems.stream().limit(MOST_PROBLEMS).toList();
    }

    /** Places of the nodes by their ids. */
    private Map<String, String> nodes(JsonNode root, List<String> problems) {
        Map<String, String> places = new LinkedHashMap<>();
        JsonNode nodes = root.at(shape.nodes());
        if (nodes.isObject()) {
            nodes.fieldNames().forEachRemaining(id -> places.put(id, shape.nodes() + "/" + escaped(id)));
        } else if (nodes.isArray()) {
            for (int i = 0; i < nodes.size(); i++) {
                String place = shape.nodes() + "/" + i + "/" + shape.id();
                Optional<String> id = id(nodes.get(i).path(shape.id()));
                if (id.isEmpty()) {
                    problems.add(place + ": a node needs an id");
                } else if (places.putIfAbsent(id.get(), place) != null) {
                    problems.add(place + ": there is another node " + shown(id.get()));
                }
            }
        } else {
            problems.add(shape.nodes() + ": there are no nodes");
        }
        return places;
    }

    private void edges(JsonNode root, Graph graph, Map<String, String> places, List<String> problems) {
        JsonNode edges = root.at(shape.edges());
        if (!edges.isArray()) {
            if (!edges.isMissingNode()) {
                problems.add(shape.edges() + ": edges are an array");
            }
            return;
        }
        for (int i = 0; i < edges.size(); i++) {
            String place = shape.edges() + "/" + i + "/";
            Optional<String> from = end(edges.get(i), place, shape.from(), places, problems);
            Optional<String> to = end(edges.get(i), place, shape.to(), places, problems);
            if (from.isPresent() && to.isPresent()) {
                graph.edge(from.get(), to.get());
            }
        }
    }

    private static Optional<String> end(
            JsonNode edge, String place, String member, Map<String, String> places, List<String> problems) {
        Optional<String> id = id(edge.path(member));
        if (id.isEmpty()) {
            problems.add(place + member + ": an edge needs the id of a node");
        } else if (!places.containsKey(id.get())) {
            problems.add(place + member + ": there is no node " + shown(id.get()));
            return Optional.empty();
        }
        return id;
    }

    private Optional<String> start(JsonNode root, Map<String, String> places, List<String> problems) {
        if (shape.start().isEmpty() || root.at(shape.start().get()).isMissingNode()) {
            return Optional.empty();
        }
        String place = shape.start().get();
        Optional<String> start = id(root.at(place));
        if (start.filter(places::containsKey).isEmpty()) {
            problems.add(place + ": there is no node " + shown(start.orElse("without an id")));
        }
        return start;
    }

    private static Optional<String> id(JsonNode node) {
        return node.isTextual() || node.isNumber() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static String shown(String id) {
        return "'" + Text.readableLine(id, LONGEST_ID) + "'";
    }

    private static String escaped(String member) {
        return Text.readableLine(member, LONGEST_ID).replace("~", "~0").replace("/", "~1");
    }
}
