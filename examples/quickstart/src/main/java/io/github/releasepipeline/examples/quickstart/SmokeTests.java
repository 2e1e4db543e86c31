package io.github.releasepipeline.examples.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.jdbc.EnvironmentItems;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What staging and production try with a version's items before they are activated. */
final class SmokeTests {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SmokeTests() {}

    static Optional<String> workflowsLoad(EnvironmentItems items) {
        return firstThatDoesNotLoad(items, "workflow");
    }

    static Optional<String> agentsLoad(EnvironmentItems items) {
        return firstThatDoesNotLoad(items, "agent");
    }

    private static Optional<String> firstThatDoesNotLoad(EnvironmentItems items, String kind) {
        for (Item item : items.ofKind(kind)) {
            try {
                if (!JSON.readTree(items.read(item.id().path())).hasNonNull("name")) {
                    return Optional.of(item.id().name() + " has no name");
                }
            } catch (IOException e) {
                return Optional.of(item.id().name() + " is no valid JSON");
            }
        }
        return Optional.empty();
    }

    static Optional<String> calledAgentsAreThere(EnvironmentItems items) {
        Set<String> agents = new TreeSet<>();
        items.ofKind("agent").forEach(agent -> agents.add(agent.id().name()));
        for (Item workflow : items.ofKind("workflow")) {
            for (String called : Workflow.agents(items.read(workflow.id().path()))) {
                if (!agents.contains(called)) {
                    return Optional.of("workflow " + workflow.id().name() + " calls the agent '" + called
                            + "', which is not there");
                }
            }
        }
        return Optional.empty();
    }
}
