package io.github.releasepipeline.gates;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.Optional;

/**
 * Where in an item's JSON its graph is. Nodes are an array of objects with ids, or an object of nodes by their ids; edges are
 * an array of objects. Ids are texts or numbers.
 *
 * @param nodes JSON pointer to the nodes
 * @param id member of a node that holds its id
 * @param edges JSON pointer to the edges; if nothing is there, there are none
 * @param from member of an edge that holds the id of its begin
 * @param to member of an edge that holds the id of its end
 * @param start JSON pointer to the id of the first node; absent, or nothing there, if every node that no edge leads to may be
 *     the first, as long as an edge leads away from it
 */
public record GraphShape(String nodes, String id, String edges, String from, String to, Optional<String> start) {
    /** Checks the pointers. */
    public GraphShape {
        JsonPointer.compile(nodes);
        JsonPointer.compile(edges);
        start.ifPresent(JsonPointer::compile);
    }

    /** {@code {"start": "a", "nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"from": "a", "to": "b"}]}}. */
    public static GraphShape standard() {
        return new GraphShape("/nodes", "id", "/edges", "from", "to", Optional.of("/start"));
    }

    /** The same with nodes elsewhere. */
    public GraphShape nodes(String pointer, String idMember) {
        return new GraphShape(pointer, idMember, edges, from, to, start);
    }

    /** The same with edges elsewhere. */
    public GraphShape edges(String pointer, String fromMember, String toMember) {
        return new GraphShape(nodes, id, pointer, fromMember, toMember, start);
    }

    /** The same with the first node told elsewhere. */
    public GraphShape start(String pointer) {
        return new GraphShape(nodes, id, edges, from, to, Optional.of(pointer));
    }
}
