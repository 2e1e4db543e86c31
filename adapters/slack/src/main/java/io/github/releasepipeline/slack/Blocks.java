package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.subject.Text;
import java.net.URI;
import java.util.Optional;

/**
 * Pieces of Block Kit within Slack's limits. What people and foreign systems said goes into {@code plain_text}, which Slack
 * shows as it is: no mention rings, no link leads away.
 */
final class Blocks {
    static final int HEADER = 150;
    static final int SECTION = 3_000;
    static final int FIELD = 2_000;
    static final int FIELDS = 10;
    static final int FALLBACK = 4_000;

    private Blocks() {}

    static ObjectNode header(String text) {
        ObjectNode block = Json.object().put("type", "header");
        block.set("text", plain(Text.readableLine(text, HEADER)));
        return block;
    }

    static ObjectNode section(String text) {
        ObjectNode block = Json.object().put("type", "section");
        block.set("text", plain(Text.readable(text, SECTION)));
        return block;
    }

    static ObjectNode fields(ArrayNode fields) {
        ObjectNode block = Json.object().put("type", "section");
        block.set("fields", fields);
        return block;
    }

    static ObjectNode field(String name, String value) {
        return plain(name + "\n" + Text.readable(value, FIELD - name.length() - 1));
    }

    static ObjectNode link(URI page) {
        ObjectNode block = Json.object().put("type", "section");
        String address = page.toASCIIString().replace("|", "%7C");
        block.putObject("text")
                .put("type", "mrkdwn")
                .put("text", "<" + escaped(address) + "|Show>")
                .put("verbatim", true);
        return block;
    }

    static ObjectNode button(String action, String label, String value, Optional<String> style) {
        ObjectNode button =
                Json.object().put("type", "button").put("action_id", action).put("value", value);
        button.set("text", plain(label));
        style.ifPresent(name -> button.put("style", name));
        return button;
    }

    /** Never empty: Slack refuses that. */
    static ObjectNode plain(String text) {
        return Json.object()
                .put("type", "plain_text")
                .put("text", text.isBlank() ? "–" : text)
                .put("emoji", false);
    }

    /** Text for places that Slack parses: notifications and messages without blocks. */
    static String fallback(String text) {
        return Text.readable(escaped(Text.readable(text, FALLBACK / 5)), FALLBACK);
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
