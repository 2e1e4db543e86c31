package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What stands in a channel, as Slack tells it. */
final class History {
    private static final int PAGE = 200;
    private static final int PAGES = 50;

    private final SlackApi api;
    private final String name;
    private Optional<String> id = Optional.empty();

    /** @param channel id, or name with {@code #} */
    History(SlackApi api, String channel) {
        this.api = api;
        this.name = channel;
    }

    /** Time stamp of the first message with this metadata. */
    Optional<String> find(JsonNode metadata, Instant since) {
        return search("conversations.history", metadata, since, Map.of());
    }

    /** Time stamp of the first message of a thread with this metadata. */
    Optional<String> findReply(String thread, JsonNode metadata, Instant since) {
        return search("conversations.replies", metadata, since, Map.of("ts", thread));
    }

    private Optional<String> search(String method, JsonNode metadata, Instant since, Map<String, Object> more) {
        Optional<String> found = Optional.empty();
        Map<String, Object> query = new HashMap<>(more);
        query.put("channel", channel());
        query.put("oldest", since.getEpochSecond() + ".000000");
        query.put("include_all_metadata", true);
        query.put("limit", PAGE);
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = api.get(method, query);
            for (JsonNode message : answer.path("messages")) {
                if (isSame(message.path("metadata"), metadata)) {
                    found = earlier(found, Json.text(message, "ts"));
                }
            }
            Optional<String> next = Json.text(answer.path("response_metadata"), "next_cursor");
            if (next.isEmpty()) {
                return found;
            }
            query.put("cursor", next.get());
        }
        return found;
    }

    private static boolean isSame(JsonNode found, JsonNode wanted) {
        return found.path("event_type").equals(wanted.path("event_type"))
                && found.path("event_payload").equals(wanted.path("event_payload"));
    }

    private static Optional<String> earlier(Optional<String> found, Optional<String> candidate) {
        boolean first = found.isEmpty()
                || candidate.filter(ts -> ts.compareTo(found.get()) < 0).isPresent();
        return first ? candidate : found;
    }

    /** Its id: a name is looked up once, among the channels that the app is in. */
    String channel() {
        if (!name.startsWith("#")) {
            return name;
        }
        if (id.isEmpty()) {
            id = Optional.of(lookUp());
        }
        return id.get();
    }

    private String lookUp() {
        Map<String, Object> query = new HashMap<>();
        query.put("types", "public_channel,private_channel");
        query.put("exclude_archived", true);
        query.put("limit", PAGE);
        for (int page = 0; page < PAGES; page++) {
            JsonNode answer = api.get("users.conversations", query);
            for (JsonNode channel : answer.path("channels")) {
                if (name.substring(1).equals(channel.path("name").textValue())) {
                    return Json.text(channel, "id").orElse(name);
                }
            }
            Optional<String> next = Json.text(answer.path("response_metadata"), "next_cursor");
            if (next.isEmpty()) {
                break;
            }
            query.put("cursor", next.get());
        }
        throw AdapterException.lasting(
                "The Slack app is in no channel " + name
                        + " (channel_not_found): /invite it there, or is the name wrong?",
                null);
    }
}
