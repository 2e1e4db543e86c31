package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GitHub's GraphQL: 200 is the answer to everything, with data, errors or both. */
final class GraphQl {
    private static final Logger LOG = LoggerFactory.getLogger(GraphQl.class);
    private static final Set<String> FORBIDDEN = Set.of("FORBIDDEN", "INSUFFICIENT_SCOPES", "undefinedField");

    private final Connection connection;
    private final URI address;

    GraphQl(Connection connection) {
        this.connection = connection;
        this.address = address(connection.api().base());
    }

    /**
     * An answer.
     *
     * @param data as far as the service gave it
     * @param errors what it did not give, and why
     * @param at the service's time
     */
    record Answer(JsonNode data, List<Gap> errors, Instant at) {
        /** Whether something at this field, or below, was not given. */
        boolean lacks(String field) {
            return errors.stream().anyMatch(gap -> gap.path.contains(field));
        }
    }

    /**
     * Something that was not given.
     *
     * @param type GitHub's word
     * @param path names of fields and numbers of entries
     * @param message GitHub's words
     */
    record Gap(String type, List<String> path, String message) {}

    /** Variables that name the repository. */
    ObjectNode variables() {
        return Json.object()
                .put("owner", connection.repo().owner())
                .put("name", connection.repo().name());
    }

    /** Asks something that may be asked again when the answer is lost. */
    Optional<Answer> read(String query, JsonNode variables, Deadline deadline) {
        return ask(query, variables, true, deadline);
    }

    /**
     * Asks once.
     *
     * @return empty if this account or this server gives no such data by GraphQL
     */
    Optional<Answer> ask(String query, JsonNode variables, Deadline deadline) {
        return ask(query, variables, false, deadline);
    }

    private Optional<Answer> ask(String query, JsonNode variables, boolean repeatable, Deadline deadline) {
        ObjectNode body = Json.object().put("query", query);
        body.set("variables", variables);
        Call call =
                new Call("POST", address.toString(), Map.of(), Optional.of(body), Set.of(403, 404), false, repeatable);
        Reply reply = connection.send(call, deadline);
        if (reply.status() != 200) {
            LOG.debug("GraphQL is not given to this token, status {}", reply.status());
            return Optional.empty();
        }
        JsonNode json = reply.json();
        List<Gap> gaps = gaps(json.path("errors"));
        Instant at = reply.at().orElseGet(() -> deadline.clock().instant());
        if (gaps.stream().anyMatch(gap -> gap.type.equals("RATE_LIMITED"))) {
            throw limited(reply, at, deadline);
        }
        if (json.path("data").isObject() && hasContent(json.path("data"))) {
            return Optional.of(new Answer(json.path("data"), gaps, at));
        }
        if (gaps.stream().anyMatch(gap -> gap.type.equals("NOT_FOUND"))) {
            return Optional.of(new Answer(Json.object(), gaps, at));
        }
        if (gaps.stream().anyMatch(gap -> FORBIDDEN.contains(gap.type))) {
            LOG.debug("GraphQL is not given: {}", gaps);
            return Optional.empty();
        }
        throw AdapterException.passing("GitHub POST /graphql gave no data: " + gaps, null);
    }

    /** What to say when an answer has no repository. */
    AdapterException noRepository(Answer answer) {
        return AdapterException.lasting(
                "GitHub has no repository " + connection.repo() + ", or the token may not see it"
                        + (answer.errors().isEmpty()
                                ? ""
                                : ": " + answer.errors().get(0).message()),
                null);
    }

    private static boolean hasContent(JsonNode data) {
        for (JsonNode field : data) {
            if (!field.isNull()) {
                return true;
            }
        }
        return false;
    }

    private static AdapterException limited(Reply reply, Instant there, Deadline deadline) {
        Duration wait = reply.header("x-ratelimit-reset")
                .filter(seconds -> seconds.matches("\\d{1,11}"))
                .map(seconds -> Duration.between(there, Instant.ofEpochSecond(Long.parseLong(seconds))))
                .filter(duration -> !duration.isNegative())
                .orElse(Duration.ofMinutes(1));
        Instant until = deadline.clock().instant().plus(wait);
        return AdapterException.passingUntil(
                "GitHub POST /graphql: the quota is used up (come again at " + until + ")", until);
    }

    private static List<Gap> gaps(JsonNode errors) {
        List<Gap> gaps = new ArrayList<>();
        for (JsonNode error : errors) {
            List<String> path = new ArrayList<>();
            error.path("path").forEach(part -> path.add(part.asText()));
            String type = Json.text(error, "type")
                    .or(() -> Json.text(error.path("extensions"), "code"))
                    .orElse("");
            gaps.add(new Gap(type, path, Json.text(error, "message").orElse("")));
        }
        return gaps;
    }

    /** GitHub itself has it beside its paths; a server of one's own beside {@code /api/v3}. */
    static URI address(URI base) {
        String text = base.toString();
        return URI.create(
                text.endsWith("/v3")
                        ? text.substring(0, text.length() - "v3".length()) + "graphql"
                        : text + "/graphql");
    }
}
