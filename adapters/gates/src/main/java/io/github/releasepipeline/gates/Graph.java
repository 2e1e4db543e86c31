package io.github.releasepipeline.gates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Nodes and edges between them. Walks without recursion: a chain may be as long as an item allows. */
final class Graph {
    private final Map<String, List<String>> next = new LinkedHashMap<>();
    private final Set<String> reached = new HashSet<>();

    Graph(Collection<String> nodes) {
        nodes.forEach(node -> next.put(node, new ArrayList<>()));
    }

    /** Both ends are nodes of it. */
    void edge(String from, String to) {
        next.getOrDefault(from, new ArrayList<>()).add(to);
        reached.add(to);
    }

    /** The nodes of one circle, the first again at the end; empty if there is none. */
    Optional<List<String>> cycle() {
        Set<String> done = new HashSet<>();
        for (String node : next.keySet()) {
            Optional<List<String>> cycle = cycleFrom(node, done);
            if (cycle.isPresent()) {
                return cycle;
            }
        }
        return Optional.empty();
    }

    private Optional<List<String>> cycleFrom(String first, Set<String> done) {
        Set<String> path = new LinkedHashSet<>();
        Deque<String> nodes = new ArrayDeque<>();
        Deque<Iterator<String>> branches = new ArrayDeque<>();
        String entered = first;
        while (true) {
            if (done.add(entered)) {
                path.add(entered);
                nodes.push(entered);
                branches.push(after(entered).iterator());
            } else if (path.contains(entered)) {
                List<String> circle = new ArrayList<>(path);
                List<String> cycle = new ArrayList<>(circle.subList(circle.indexOf(entered), circle.size()));
                cycle.add(entered);
                return Optional.of(cycle);
            }
            while (!branches.isEmpty() && !branches.peek().hasNext()) {
                branches.pop();
                path.remove(nodes.pop());
            }
            if (branches.isEmpty()) {
                return Optional.empty();
            }
            entered = branches.peek().next();
        }
    }

    /**
     * The nodes that cannot be reached, in their order.
     *
     * @param start from where; if absent, from any node that no edge leads to and an edge leads away from, or from the only
     *     node
     */
    List<String> unreachable(Optional<String> start) {
        Deque<String> open = new ArrayDeque<>(start.map(List::of).orElseGet(this::entries));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            after(open.pop()).stream().filter(seen::add).forEach(open::push);
        }
        return next.keySet().stream().filter(node -> !seen.contains(node)).toList();
    }

    private List<String> entries() {
        return next.keySet().stream()
                .filter(node -> !reached.contains(node))
                .filter(node -> next.size() == 1 || !after(node).isEmpty())
                .toList();
    }

    private List<String> after(String node) {
        return next.getOrDefault(node, List.of());
    }
}
