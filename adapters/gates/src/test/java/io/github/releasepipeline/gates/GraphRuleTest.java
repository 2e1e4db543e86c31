package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphRuleTest {
    private GraphShape shape = GraphShape.standard();

    @Test
    void a_graph_that_can_be_walked_from_its_start_to_its_ends_is_valid() {
        assertThat(problems("{'start': 'a', 'nodes': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}],"
                        + " 'edges': [{'from': 'a', 'to': 'b'}, {'from': 'a', 'to': 'c'}, {'from': 'b', 'to': 'c'}]}"))
                .isEmpty();
        assertThat(problems("{'nodes': [{'id': 'only'}]}")).isEmpty();
        assertThat(problems("{'nodes': [{'id': 1}, {'id': 2}], 'edges': [{'from': 1, 'to': '2'}]}"))
                .isEmpty();
    }

    @Test
    void a_circle_is_told_by_its_nodes() {
        assertThat(problems("{'nodes': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}], 'edges': [{'from': 'a', 'to': 'b'},"
                        + " {'from': 'b', 'to': 'c'}, {'from': 'c', 'to': 'b'}]}"))
                .containsExactly("/nodes: nodes run in a circle: 'b' → 'c' → 'b'");
        assertThat(problems("{'nodes': [{'id': 'a'}], 'edges': [{'from': 'a', 'to': 'a'}]}"))
                .containsExactly("/nodes: nodes run in a circle: 'a' → 'a'");
    }

    @Test
    void an_edge_that_leads_nowhere_is_told_with_its_place() {
        assertThat(problems("{'nodes': [{'id': 'a'}], 'edges': [{'from': 'a', 'to': 'b'}, {'from': 'x'}, 5]}"))
                .containsExactly(
                        "/edges/0/to: there is no node 'b'",
                        "/edges/1/from: there is no node 'x'",
                        "/edges/1/to: an edge needs the id of a node",
                        "/edges/2/from: an edge needs the id of a node",
                        "/edges/2/to: an edge needs the id of a node");
    }

    @Test
    void nodes_that_cannot_be_reached_from_the_start_are_told() {
        assertThat(problems("{'start': 'b', 'nodes': [{'id': 'a'}, {'id': 'b'}], 'edges': [{'from': 'a', 'to': 'b'}]}"))
                .containsExactly("/nodes/0/id: node 'a' cannot be reached");
        assertThat(problems("{'start': 'x', 'nodes': [{'id': 'a'}]}")).containsExactly("/start: there is no node 'x'");
        assertThat(problems("{'start': {}, 'nodes': [{'id': 'a'}]}"))
                .containsExactly("/start: there is no node 'without an id'");
    }

    @Test
    void without_a_start_nodes_that_hang_on_nothing_cannot_be_reached() {
        assertThat(problems("{'nodes': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}], 'edges': [{'from': 'a', 'to': 'b'}]}"))
                .containsExactly("/nodes/2/id: node 'c' cannot be reached");
        assertThat(problems("{'nodes': [{'id': 'a'}, {'id': 'b'}, {'id': 'c'}], 'edges': [{'from': 'a', 'to': 'c'},"
                        + " {'from': 'b', 'to': 'c'}]}"))
                .as("two ways in")
                .isEmpty();
    }

    @Test
    void nodes_are_there_and_have_ids_of_their_own() {
        assertThat(problems("{}")).containsExactly("/nodes: there are no nodes");
        assertThat(problems("{'nodes': []}")).containsExactly("/nodes: there are no nodes");
        assertThat(problems("{'nodes': 7}")).containsExactly("/nodes: there are no nodes");
        assertThat(problems("{'nodes': [{'id': 'a'}, {'id': 'a'}, {'name': 'b'}, 7]}"))
                .containsExactly(
                        "/nodes/1/id: there is another node 'a'",
                        "/nodes/2/id: a node needs an id",
                        "/nodes/3/id: a node needs an id");
        assertThat(problems("{'nodes': [{'id': 'a'}], 'edges': {}}")).containsExactly("/edges: edges are an array");
    }

    @Test
    void other_shapes_are_read_where_they_say() {
        shape = GraphShape.standard()
                .nodes("/flow/steps", "name")
                .edges("/flow/links", "source", "target")
                .start("/flow/first");
        assertThat(problems("{'flow': {'first': 'a', 'steps': [{'name': 'a'}, {'name': 'b'}],"
                        + " 'links': [{'source': 'a', 'target': 'b'}]}}"))
                .isEmpty();
        assertThat(problems("{'flow': {'first': 'a', 'steps': {'a': {}, 'b/c': {}}, 'links': []}}"))
                .containsExactly("/flow/steps/b~1c: node 'b/c' cannot be reached");
        shape = new GraphShape("/nodes", "id", "/edges", "from", "to", Optional.empty());
        assertThat(problems("{'start': 'nonsense', 'nodes': [{'id': 'a'}]}")).isEmpty();
    }

    @Test
    void at_most_twenty_problems_of_an_item_are_told() {
        String edges = "{'from': 'x', 'to': 'a'},".repeat(30);
        assertThat(problems("{'nodes': [{'id': 'a'}], 'edges': [" + edges.substring(0, edges.length() - 1) + "]}"))
                .hasSize(20);
    }

    @Test
    void a_chain_of_very_many_nodes_needs_no_deep_stack() {
        StringBuilder nodes = new StringBuilder("{'id': 0}");
        StringBuilder edges = new StringBuilder("{'from': 39999, 'to': 40000}");
        for (int i = 1; i <= 40_000; i++) {
            nodes.append(",{'id': ").append(i).append('}');
            edges.append(",{'from': ")
                    .append(i - 1)
                    .append(", 'to': ")
                    .append(i)
                    .append('}');
        }
        assertThat(problems("{'nodes': [" + nodes + "], 'edges': [" + edges + "]}"))
                .isEmpty();
        List<String> circle = problems("{'nodes': [" + nodes + "], 'edges': [{'from': 40000, 'to': 0}," + edges + "]}");
        assertThat(circle).hasSize(1);
        assertThat(circle.get(0)).endsWith("'19' → …");
    }

    private List<String> problems(String text) {
        try {
            return new GraphRule(shape).problems(new ObjectMapper().readTree(text.replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
