package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Letter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One channel: posts what is not there yet, updates what is. Used by one thread at a time. */
final class Conversation {
    private static final String RELEASE = "release_pipeline_release";
    private static final String EVENT = "release_pipeline_event";
    private static final int REMEMBERED = 1_000;

    /** Clocks differ: a message may seem older than what it tells of. */
    private static final Duration SLACK = Duration.ofMinutes(10);

    private final SlackApi api;
    private final History history;
    private final String notifier;
    private final Map<ReleaseId, Shown> shown = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ReleaseId, Shown> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A release's message, and what it says if this process wrote it. */
    private record Shown(String ts, Optional<Digest> content) {}

    Conversation(SlackApi api, String channel, String notifier) {
        this.api = api;
        this.history = new History(api, channel);
        this.notifier = notifier;
    }

    /**
     * Sees to it that a release's one message says this.
     *
     * @return its time stamp, by which its thread is known
     */
    synchronized String show(Release release, ObjectNode message) {
        ObjectNode metadata = metadata(RELEASE, "release", release.id().value());
        Digest content = Digest.of(message.toString());
        Optional<Shown> before = Optional.ofNullable(shown.get(release.id()))
                .or(() -> history.find(metadata, release.requestedAt().minus(SLACK))
                        .map(ts -> new Shown(ts, Optional.empty())));
        String ts = before.flatMap(known -> known.content().equals(Optional.of(content))
                        ? Optional.of(known.ts())
                        : update(known.ts(), message, metadata))
                .orElseGet(() -> post(message, metadata));
        shown.put(release.id(), new Shown(ts, Optional.of(content)));
        return ts;
    }

    /** Says something that belongs to no release, once. */
    synchronized void say(Letter letter, ObjectNode message) {
        ObjectNode metadata = metadata(EVENT, "record", letter.record().id());
        if (history.find(metadata, since(letter)).isEmpty()) {
            post(message, metadata);
        }
    }

    /** Says something in a thread, once; alerts are shown in the channel too. */
    synchronized void reply(Letter letter, String thread, ObjectNode message, Severity severity) {
        ObjectNode metadata = metadata(EVENT, "record", letter.record().id());
        if (history.findReply(thread, metadata, since(letter)).isEmpty()) {
            message.put("thread_ts", thread).put("reply_broadcast", severity == Severity.ALERT);
            post(message, metadata);
        }
    }

    private String post(ObjectNode message, ObjectNode metadata) {
        message.put("channel", history.channel()).set("metadata", metadata);
        JsonNode answer = api.post("chat.postMessage", message);
        return Json.text(answer, "ts")
                .orElseThrow(
                        () -> AdapterException.passing("Slack chat.postMessage answered without a time stamp", null));
    }

    /** Empty if the message is not there any more, or not ours: somebody deleted it. */
    private Optional<String> update(String ts, ObjectNode message, ObjectNode metadata) {
        ObjectNode changed = message.deepCopy();
        changed.remove("unfurl_links");
        changed.remove("unfurl_media");
        changed.put("channel", history.channel()).put("ts", ts).set("metadata", metadata);
        JsonNode answer = api.post("chat.update", changed, Set.of("message_not_found", "cant_update_message"));
        return answer.path("ok").booleanValue() ? Optional.of(ts) : Optional.empty();
    }

    private ObjectNode metadata(String type, String key, String value) {
        ObjectNode metadata = Json.object().put("event_type", type);
        metadata.putObject("event_payload").put("notifier", notifier).put(key, value);
        return metadata;
    }

    private static Instant since(Letter letter) {
        return letter.record().stamp().at().minus(SLACK);
    }
}
