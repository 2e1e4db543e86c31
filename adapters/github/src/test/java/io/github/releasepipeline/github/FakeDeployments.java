package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deployments of the fake. With auto_merge it would merge main into the ref first, and it wants green checks by default. */
final class FakeDeployments {
    final List<ObjectNode> deployments = new ArrayList<>();
    final Map<Long, List<ObjectNode>> statuses = new HashMap<>();

    Answer answer(Asked asked, String rest) {
        boolean write = asked.method().equals("POST");
        if (rest.equals("/deployments")) {
            return write ? create(asked.json()) : list(asked);
        }
        long id = Long.parseLong(rest.split("/")[2]);
        List<ObjectNode> of = statuses.computeIfAbsent(id, key -> new ArrayList<>());
        if (write) {
            of.add(0, status(asked.json()));
            return Answer.json(201, of.get(0));
        }
        ArrayNode all = Json.array();
        of.forEach(all::add);
        return FakeRest.page(asked, all);
    }

    private Answer create(JsonNode order) {
        if (order.path("auto_merge").asBoolean(true)) {
            return Answer.json(202, Json.object().put("message", "Auto-merged main into it"));
        }
        if (!order.has("required_contexts")) {
            return FakeGitHub.problem(409, "Commit status checks failed");
        }
        ObjectNode deployment = Shapes.urls("statuses_url repository_url url")
                .put("id", 6_000_000_000L + deployments.size())
                .put("node_id", "D")
                .put("sha", order.path("ref").asText())
                .put("ref", order.path("ref").asText())
                .put("task", "deploy")
                .put("environment", order.path("environment").asText())
                .put(
                        "production_environment",
                        order.path("production_environment").asBoolean())
                .put("description", order.path("description").asText())
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
        deployment.set("creator", Shapes.user("app"));
        deployment.set("payload", order.path("payload"));
        deployments.add(0, deployment);
        return Answer.json(201, deployment);
    }

    private Answer list(Asked asked) {
        ArrayNode all = Json.array();
        deployments.stream()
                .filter(one -> asked.query("environment").isEmpty()
                        || asked.query("environment")
                                .get()
                                .equals(one.path("environment").asText()))
                .filter(one -> asked.query("sha").isEmpty()
                        || asked.query("sha").get().equals(one.path("sha").asText()))
                .forEach(all::add);
        return FakeRest.page(asked, all);
    }

    private static ObjectNode status(JsonNode order) {
        ObjectNode status = Shapes.urls("deployment_url target_url repository_url url")
                .put("id", 1)
                .put("node_id", "S")
                .put("state", order.path("state").asText())
                .put("description", order.path("description").asText())
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
        status.set("creator", Shapes.user("app"));
        return status;
    }
}
