package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.StubServer;
import io.github.releasepipeline.tck.NotifierFixture.Mood;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A workspace with one channel. It keeps messages, holds them to the limits of Block Kit, and hides metadata as Slack does. */
final class FakeSlack implements AutoCloseable {
    static final String CHANNEL = "C0RELEASES";
    static final String TOKEN = "xoxb-1234-secret-token";
    private static final int PAGE = 2;

    private final StubServer server = StubServer.start(this::answer);
    private final Clock clock;
    private final List<ObjectNode> messages = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    final List<JsonNode> modals = new ArrayList<>();
    final List<JsonNode> ephemerals = new ArrayList<>();
    volatile Mood mood = Mood.WELL;
    volatile Optional<String> error = Optional.empty();

    FakeSlack(Clock clock) {
        this.clock = clock;
    }

    URI base() {
        return server.base().resolve("/api");
    }

    void mood(Mood value) {
        mood = value;
        server.latency(value == Mood.SLOW ? Duration.ofSeconds(5) : Duration.ZERO);
    }

    /** What everybody sees in the channel, oldest first. */
    synchronized List<String> channel() {
        return messages.stream()
                .filter(message -> !message.has("thread_ts"))
                .map(FakeSlack::text)
                .toList();
    }

    /** What stands in all threads, oldest first. */
    synchronized List<String> threads() {
        return messages.stream()
                .filter(message -> message.has("thread_ts"))
                .map(FakeSlack::text)
                .toList();
    }

    synchronized List<JsonNode> all() {
        return List.copyOf(messages);
    }

    synchronized void delete(int message) {
        messages.remove(message);
    }

    synchronized long calls(String method) {
        return calls.stream().filter(method::equals).count();
    }

    /** All texts of a message. */
    static String text(JsonNode message) {
        List<String> texts = new ArrayList<>(List.of(message.path("text").asText()));
        collect(message.path("blocks"), texts);
        return String.join("\n", texts);
    }

    private static void collect(JsonNode node, List<String> texts) {
        if (node.path("text").isTextual()) {
            texts.add(node.path("text").textValue());
        }
        node.forEach(child -> collect(child, texts));
    }

    private Answer answer(Asked asked) {
        String method = asked.path().substring("/api/".length());
        boolean write = asked.method().equals("POST");
        switch (mood) {
            case BUSY -> {
                return Answer.empty(503);
            }
            case THROTTLED -> {
                return Answer.json(429, "{\"ok\":false,\"error\":\"ratelimited\"}")
                        .header("Retry-After", "1");
            }
            case GARBAGE -> {
                return Answer.of(200, "text/html", "<html>proxy</html>".getBytes(StandardCharsets.UTF_8));
            }
            case GONE -> {
                return no("channel_not_found");
            }
            default -> {}
        }
        Answer answer = well(method, asked);
        return write && mood == Mood.CUT ? Answer.lost() : answer;
    }

    private synchronized Answer well(String method, Asked asked) {
        calls.add(method);
        if (!asked.header("authorization").equals(Optional.of("Bearer " + TOKEN))) {
            return no("invalid_auth");
        }
        if (error.isPresent()) {
            return Answer.json(200, error.get());
        }
        return switch (method) {
            case "chat.postMessage" -> post(asked.json());
            case "chat.update" -> update(asked.json());
            case "conversations.history" -> history(asked);
            case "conversations.replies" -> replies(asked);
            case "users.conversations" ->
                Answer.json(
                        200,
                        "{\"ok\":true,\"channels\":[{\"id\":\"C0OTHER\",\"name\":\"other\"},{\"id\":\"" + CHANNEL
                                + "\",\"name\":\"releases\"}],\"response_metadata\":{\"next_cursor\":\"\"}}");
            case "views.open" -> keep(modals, asked.json());
            case "chat.postEphemeral" -> keep(ephemerals, asked.json());
            default -> no("unknown_method");
        };
    }

    private Answer post(JsonNode message) {
        Optional<String> problem = problem(message);
        if (problem.isPresent()) {
            return no(problem.get());
        }
        ObjectNode kept = message.deepCopy();
        String ts = String.format("%d.%06d", clock.instant().getEpochSecond(), messages.size());
        messages.add(kept.put("ts", ts));
        return Answer.json(
                200, Json.object().put("ok", true).put("channel", CHANNEL).put("ts", ts));
    }

    private Answer update(JsonNode message) {
        Optional<String> problem = problem(message);
        if (problem.isPresent()) {
            return no(problem.get());
        }
        for (ObjectNode kept : messages) {
            if (kept.path("ts").equals(message.path("ts"))) {
                kept.setAll((ObjectNode) message);
                return Answer.json(200, Json.object().put("ok", true).set("ts", message.path("ts")));
            }
        }
        return no("message_not_found");
    }

    private Answer history(Asked asked) {
        List<ObjectNode> found = new ArrayList<>(messages.stream()
                .filter(message -> !message.has("thread_ts")
                        || message.path("reply_broadcast").asBoolean())
                .toList());
        Collections.reverse(found);
        return page(asked, found);
    }

    private Answer replies(Asked asked) {
        String ts = asked.query("ts").orElse("");
        return page(
                asked,
                messages.stream()
                        .filter(message -> message.path("ts").asText().equals(ts)
                                || message.path("thread_ts").asText().equals(ts))
                        .toList());
    }

    private Answer page(Asked asked, List<ObjectNode> found) {
        if (!asked.query("channel").equals(Optional.of(CHANNEL))) {
            return no("channel_not_found");
        }
        String oldest = asked.query("oldest").orElse("0");
        boolean metadata = asked.query("include_all_metadata").equals(Optional.of("true"));
        List<ObjectNode> all = found.stream()
                .filter(message -> message.path("ts").asText().compareTo(oldest) > 0)
                .toList();
        int from = Integer.parseInt(asked.query("cursor").orElse("0"));
        ArrayNode rows = Json.array();
        all.stream().skip(from).limit(PAGE).map(ObjectNode::deepCopy).forEach(message -> {
            if (!metadata) {
                message.remove("metadata");
            }
            rows.add(message);
        });
        ObjectNode answer = Json.object().put("ok", true);
        answer.set("messages", rows);
        answer.putObject("response_metadata")
                .put("next_cursor", from + PAGE < all.size() ? String.valueOf(from + PAGE) : "");
        return Answer.json(200, answer);
    }

    private static Answer keep(List<JsonNode> where, JsonNode what) {
        where.add(what);
        return Answer.json(200, "{\"ok\":true}");
    }

    /** What Slack would not take. */
    private static Optional<String> problem(JsonNode message) {
        if (!message.path("channel").asText().equals(CHANNEL)) {
            return Optional.of("channel_not_found");
        }
        List<String> problems = new ArrayList<>();
        JsonNode blocks = message.path("blocks");
        limit(problems, blocks.size(), 50);
        for (JsonNode block : blocks) {
            int max = block.path("type").asText().equals("header") ? 150 : 3_000;
            if (block.has("text")) {
                limit(problems, block.path("text").path("text").asText().length(), max);
                some(problems, block.path("text").path("text").asText());
            }
            limit(problems, block.path("fields").size(), 10);
            for (JsonNode field : block.path("fields")) {
                limit(problems, field.path("text").asText().length(), 2_000);
                some(problems, field.path("text").asText());
            }
            for (JsonNode element : block.path("elements")) {
                limit(problems, element.path("value").asText().length(), 2_000);
                limit(problems, element.path("text").path("text").asText().length(), 75);
            }
        }
        limit(problems, message.path("text").asText().length(), 40_000);
        return problems.isEmpty() ? Optional.empty() : Optional.of("invalid_blocks");
    }

    private static void limit(List<String> problems, int actual, int max) {
        if (actual > max) {
            problems.add(actual + " is more than " + max);
        }
    }

    private static void some(List<String> problems, String text) {
        if (text.isEmpty()) {
            problems.add("an empty text");
        }
    }

    private static Answer no(String error) {
        return Answer.json(200, Json.object().put("ok", false).put("error", error));
    }

    String log() {
        return server.requests().stream().collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        server.close();
    }
}
