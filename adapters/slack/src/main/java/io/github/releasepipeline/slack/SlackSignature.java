package io.github.releasepipeline.slack;

import io.github.releasepipeline.http.hook.Deliveries;
import io.github.releasepipeline.http.hook.HookHeaders;
import io.github.releasepipeline.http.hook.Signature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells whether a request comes from Slack, now and for the first time. */
final class SlackSignature {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int REMEMBERED = 10_000;
    private static final String VERSION = "v0";

    private final Signature signature;
    private final Clock clock;
    private final Deliveries seen = new Deliveries(REMEMBERED);

    SlackSignature(String secret, Clock clock) {
        this.signature = new Signature(List.of(secret));
        this.clock = clock;
    }

    /** Why the request is not to be trusted; empty if it is. */
    Optional<String> refusal(Map<String, List<String>> headers, byte[] body) {
        HookHeaders found = new HookHeaders(headers);
        Optional<String> time = found.single("X-Slack-Request-Timestamp").filter(text -> text.matches("\\d{1,12}"));
        Optional<String> signed = found.single("X-Slack-Signature").filter(text -> text.startsWith(VERSION + "="));
        if (time.isEmpty() || signed.isEmpty()) {
            return Optional.of("the request is not signed");
        }
        Instant sent = Instant.ofEpochSecond(Long.parseLong(time.get()));
        if (Duration.between(sent, clock.instant()).abs().compareTo(WINDOW) > 0) {
            return Optional.of("the request is not of the last five minutes");
        }
        String hex = signed.get().substring(VERSION.length() + 1);
        if (!signature.covers(base(time.get(), body), hex)) {
            return Optional.of("the signature is wrong");
        }
        return seen.isNew(hex, hex) ? Optional.empty() : Optional.of("the request came before");
    }

    private static byte[] base(String time, byte[] body) {
        ByteArrayOutputStream base = new ByteArrayOutputStream();
        base.writeBytes((VERSION + ":" + time + ":").getBytes(StandardCharsets.UTF_8));
        base.writeBytes(body);
        return base.toByteArray();
    }
}
