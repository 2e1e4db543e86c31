package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Small graphs of any shape, compared with what follows from all ways through them. */
class GraphProperties {
    private static final int NODES = 6;

    /** An edge. */
    record Edge(int from, int to) {}

    @Property
    void a_circle_is_found_if_and_only_if_a_node_leads_to_itself(@ForAll("edges") List<Edge> edges) {
        Set<Edge> ways = ways(edges);
        boolean circle = IntStream.range(0, NODES).anyMatch(node -> ways.contains(new Edge(node, node)));
        Optional<List<String>> found = graph(edges).cycle();
        assertThat(found.isPresent()).isEqualTo(circle);
        found.ifPresent(nodes -> {
            assertThat(nodes.get(0)).isEqualTo(nodes.get(nodes.size() - 1));
            assertThat(nodes.subList(1, nodes.size())).doesNotHaveDuplicates();
            for (int i = 1; i < nodes.size(); i++) {
                assertThat(edges)
                        .contains(new Edge(Integer.parseInt(nodes.get(i - 1)), Integer.parseInt(nodes.get(i))));
            }
        });
    }

    @Property
    void what_no_way_leads_to_cannot_be_reached(@ForAll("edges") List<Edge> edges) {
        Set<Edge> ways = ways(edges);
        List<String> unreachable = IntStream.range(1, NODES)
                .filter(node -> !ways.contains(new Edge(0, node)))
                .mapToObj(String::valueOf)
                .toList();
        assertThat(graph(edges).unreachable(Optional.of("0"))).isEqualTo(unreachable);
    }

    private static Graph graph(List<Edge> edges) {
        Graph graph =
                new Graph(IntStream.range(0, NODES).mapToObj(String::valueOf).toList());
        edges.forEach(edge -> graph.edge(String.valueOf(edge.from()), String.valueOf(edge.to())));
        return graph;
    }

    /** All pairs with a way of at least one edge. */
    private static Set<Edge> ways(List<Edge> edges) {
        Set<Edge> ways = new HashSet<>(edges);
        for (int i = 0; i < NODES; i++) {
            Set<Edge> longer = new HashSet<>();
            ways.forEach(way -> edges.stream()
                    .filter(edge -> edge.from() == way.to())
                    .forEach(edge -> longer.add(new Edge(way.from(), edge.to()))));
            ways.addAll(longer);
        }
        return ways;
    }

    @Provide
    Arbitrary<List<Edge>> edges() {
        Arbitrary<Integer> node = Arbitraries.integers().between(0, NODES - 1);
        return Combinators.combine(node, node).as(Edge::new).list().ofMaxSize(9);
    }
}
