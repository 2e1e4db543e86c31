package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows releases as deployments at GitHub. GitHub only shows them: it merges nothing into what is deployed, and asks for no
 * checks. Safe to repeat: a release has one deployment, and a state is told once in a row. Thread-safe.
 */
public final class GitHubDeployments {
    private static final int DESCRIPTION = 140;

    private final Connection connection;

    GitHubDeployments(Connection connection) {
        this.connection = connection;
    }

    /**
     * Shows a release as it is now.
     *
     * @return GitHub's id of the deployment
     * @throws AdapterException if GitHub does not take it, or the token may not write deployments
     */
    public long mirror(MirroredDeployment release) {
        Deadline deadline = connection.deadline();
        long id = find(release, deadline).orElseGet(() -> create(release, deadline));
        String state = release.state().name().toLowerCase(Locale.ROOT);
        if (!latest(id, deadline).equals(Optional.of(state))) {
            ObjectNode status = Json.object()
                    .put("state", state)
                    .put("description", line(release.description()))
                    .put("environment", release.environment());
            release.log().ifPresent(link -> status.put("log_url", link.toString()));
            connection.write(to -> to.of("POST", "/deployments/{}/statuses", id).json(status), deadline);
        }
        return id;
    }

    private Optional<Long> find(MirroredDeployment release, Deadline deadline) {
        return connection
                .all(
                        connection
                                .get("/deployments")
                                .query("sha", release.commit())
                                .query("environment", release.environment())
                                .asFresh(),
                        Optional.empty(),
                        deadline)
                .stream()
                .filter(deployment -> ours(deployment.path("payload")).equals(Optional.of(release.release())))
                .map(deployment -> Fields.number(deployment, "id"))
                .findFirst();
    }

    private static Optional<String> ours(JsonNode payload) {
        return Json.text(payload, "release");
    }

    private long create(MirroredDeployment release, Deadline deadline) {
        ObjectNode order = Json.object()
                .put("ref", release.commit().hex())
                .put("auto_merge", false)
                .put("environment", release.environment())
                .put("production_environment", release.production())
                .put("description", line(release.description()));
        order.putArray("required_contexts");
        order.putObject("payload").put("release", release.release());
        Reply reply;
        try {
            reply = connection.write(to -> to.of("POST", "/deployments").json(order), deadline);
        } catch (AdapterException e) {
            if (!e.retryable() || e.retryAt().isPresent()) {
                throw e;
            }
            return find(release, deadline).orElseThrow(() -> e);
        }
        return Fields.number(reply.json(), "id");
    }

    private Optional<String> latest(long id, Deadline deadline) {
        JsonNode statuses = connection.read(
                connection
                        .get("/deployments/{}/statuses", id)
                        .query("per_page", 1)
                        .asFresh(),
                deadline);
        return Json.text(statuses.path(0), "state");
    }

    private static String line(String description) {
        String line = description.lines().findFirst().orElse("");
        return line.length() <= DESCRIPTION ? line : line.substring(0, DESCRIPTION - 1) + "…";
    }
}
