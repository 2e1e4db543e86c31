package io.github.releasepipeline.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** What a workflow file says. */
final class Workflow {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Workflow() {}

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
