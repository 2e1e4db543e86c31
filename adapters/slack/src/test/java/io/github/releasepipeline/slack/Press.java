package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody presses buttons in Slack; the requests are signed as Slack signs them. */
final class Press {
    private final String secret;
    private final Clock clock;
    private final AtomicInteger triggers = new AtomicInteger();

    Press(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    SlackReply button(SlackApprovals approvals, String user, String action, Question question) {
        ObjectNode payload = payload("block_actions", user);
        payload.putObject("channel").put("id", FakeSlack.CHANNEL);
        payload.putArray("actions").addObject().put("action_id", action).put("value", question.text());
        return send(approvals, payload);
    }

    SlackReply reason(SlackApprovals approvals, String user, Question question, String reason) {
        ObjectNode payload = payload("view_submission", user);
        ObjectNode view = payload.putObject("view");
        view.put("callback_id", Question.REJECT).put("private_metadata", question.text());
        view.putObject("state")
                .putObject("values")
                .putObject(Question.REASON)
                .putObject(Question.REASON)
                .put("value", reason);
        return send(approvals, payload);
    }

    SlackReply send(SlackApprovals approvals, ObjectNode payload) {
        byte[] body = form(payload.toString());
        return approvals.receive(signed(clock.instant().getEpochSecond(), body), body);
    }

    static byte[] form(String payload) {
        return ("payload=" + URLEncoder.encode(payload, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    Map<String, List<String>> signed(long time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(("v0:" + time + ":").getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(mac.doFinal(body));
            return Map.of(
                    "x-slack-request-timestamp", List.of(String.valueOf(time)),
                    "x-slack-signature", List.of("v0=" + hex));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ObjectNode payload(String type, String user) {
        ObjectNode payload = Json.object().put("type", type).put("trigger_id", "trigger-" + triggers.incrementAndGet());
        payload.putObject("team").put("id", "T1");
        payload.putObject("user").put("id", user);
        return payload;
    }
}
