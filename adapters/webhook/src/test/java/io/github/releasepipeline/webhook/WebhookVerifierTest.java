package io.github.releasepipeline.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookVerifierTest {
    private static final SigningSecret SECRET = SigningSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final long SENT = 1_614_265_330;
    /** As the reference libraries of Standard Webhooks sign it. */
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final WebhookVerifier verifier = at(SENT);

    @Test
    void a_message_of_the_reference_implementation_is_genuine() {
        assertThat(verifier.verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void any_one_of_several_signatures_is_enough() {
        assertThat(verifier.verify(headers("v1,AAAA v1a,xyz " + SIGNATURE), BODY))
                .isEqualTo(Verdict.GENUINE);
    }

    @Test
    void what_was_changed_on_the_way_is_forged() {
        byte[] changed = "{\"test\": 2432232315}".getBytes(StandardCharsets.UTF_8);
        assertThat(verifier.verify(headers(SIGNATURE), changed)).isEqualTo(Verdict.FORGED);
        Map<String, String> otherId = headers(SIGNATURE);
        otherId.put("webhook-id", "msg_other");
        assertThat(verifier.verify(otherId, BODY)).isEqualTo(Verdict.FORGED);
        Map<String, String> otherTime = headers(SIGNATURE);
        otherTime.put("webhook-timestamp", String.valueOf(SENT + 1));
        assertThat(verifier.verify(otherTime, BODY)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void a_signature_by_another_secret_is_forged() {
        WebhookVerifier other =
                WebhookVerifier.of(clock(SENT), SigningSecret.of("whsec_bmV3LW5ldy1uZXctbmV3LW5ldy1uZXctbmV3"));
        assertThat(other.verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.FORGED);
    }

    @Test
    void five_minutes_are_in_time_and_a_second_more_is_not() {
        assertThat(at(SENT + 300).verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.GENUINE);
        assertThat(at(SENT - 300).verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.GENUINE);
        assertThat(at(SENT + 301).verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.OUT_OF_TIME);
        assertThat(at(SENT - 301).verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.OUT_OF_TIME);
    }

    @Test
    void the_very_same_message_is_accepted_once() {
        assertThat(verifier.verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.GENUINE);
        assertThat(verifier.verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.REPLAYED);
        assertThat(verifier.verify(headers(SIGNATURE + " v1,AAAA"), BODY)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void a_forged_message_does_not_use_up_the_genuine_one() {
        assertThat(verifier.verify(headers("v1,AAAA"), BODY)).isEqualTo(Verdict.FORGED);
        assertThat(verifier.verify(headers(SIGNATURE), BODY)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void a_missing_or_unreadable_header_is_malformed() {
        for (String name : headers(SIGNATURE).keySet()) {
            Map<String, String> headers = headers(SIGNATURE);
            headers.remove(name);
            assertThat(verifier.verify(headers, BODY)).as(name).isEqualTo(Verdict.MALFORMED);
        }
        for (String time : new String[] {"now", "-1", "99999999999999999999", "1614265330.0"}) {
            Map<String, String> headers = headers(SIGNATURE);
            headers.put("webhook-timestamp", time);
            assertThat(verifier.verify(headers, BODY)).as(time).isEqualTo(Verdict.MALFORMED);
        }
    }

    @Test
    void names_of_headers_have_any_case() {
        Map<String, String> headers = new HashMap<>();
        headers(SIGNATURE).forEach((name, value) -> headers.put(name.toUpperCase(Locale.ROOT), value));
        assertThat(verifier.verify(headers, BODY)).isEqualTo(Verdict.GENUINE);
    }

    private static Map<String, String> headers(String signature) {
        return new HashMap<>(Map.of(
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                String.valueOf(SENT),
                "webhook-signature",
                signature));
    }

    private static WebhookVerifier at(long seconds) {
        return WebhookVerifier.of(clock(seconds), SECRET);
    }

    private static Clock clock(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }
}
