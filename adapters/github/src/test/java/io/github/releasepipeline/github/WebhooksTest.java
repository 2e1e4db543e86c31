package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.http.hook.WebhookVerdict;
import io.github.releasepipeline.http.hook.WebhookVerdict.Changed;
import io.github.releasepipeline.http.hook.WebhookVerdict.Ignored;
import io.github.releasepipeline.http.hook.WebhookVerdict.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String REPOSITORY = "\"repository\":{\"full_name\":\"Acme/Flows\"}";
    private static final String PULL =
            "{\"action\":\"synchronize\",\"pull_request\":{\"number\":7}," + REPOSITORY + "}";

    private final GitHubWebhooks webhooks = new GitHubWebhooks("acme/flows", List.of("new secret", SECRET));

    @Test
    void a_signed_delivery_names_the_pull_request_to_read_again() {
        WebhookVerdict verdict = deliver("d1", "pull_request", PULL);

        assertThat(verdict).isInstanceOfSatisfying(Changed.class, changed -> {
            assertThat(changed.delivery()).isEqualTo("d1");
            assertThat(changed.pullRequests()).isEqualTo(Set.of(7L));
        });
    }

    @Test
    void unsigned_and_wrongly_signed_deliveries_are_refused() {
        Map<String, List<String>> headers = headers("d1", "pull_request", PULL);
        headers.remove("X-Hub-Signature-256");
        assertThat(webhooks.receive(headers, bytes(PULL))).isInstanceOf(Rejected.class);
        for (String wrong :
                List.of("", "sha256=", "sha1=" + "0".repeat(40), "sha256=" + "0".repeat(64), "0".repeat(64))) {
            headers.put("X-Hub-Signature-256", List.of(wrong));
            assertThat(webhooks.receive(headers, bytes(PULL))).as(wrong).isInstanceOf(Rejected.class);
        }
        assertThat(webhooks.receive(headers("d1", "pull_request", PULL), bytes(PULL + " ")))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void two_signatures_are_refused_even_if_one_is_right() {
        Map<String, List<String>> headers = headers("d1", "pull_request", PULL);
        headers.put("X-Hub-Signature-256", List.of("sha256=" + "0".repeat(64), signature(PULL)));

        assertThat(webhooks.receive(headers, bytes(PULL))).isInstanceOf(Rejected.class);
    }

    @Test
    void a_repetition_is_ignored_also_under_another_id() {
        deliver("d1", "pull_request", PULL);

        assertThat(deliver("d1", "pull_request", PULL)).isInstanceOf(Ignored.class);
        assertThat(deliver("forged", "pull_request", PULL)).isInstanceOf(Ignored.class);
    }

    @Test
    void what_could_not_be_acted_on_may_come_again() {
        Changed first = (Changed) deliver("d1", "pull_request", PULL);

        webhooks.forget(first);

        assertThat(deliver("d1", "pull_request", PULL)).isInstanceOf(Changed.class);
    }

    @Test
    void checks_name_their_pull_requests_and_statuses_none() {
        assertThat(changed("d1", "check_run", "{\"check_run\":{\"pull_requests\":[{\"number\":7},{\"number\":8}]},"))
                .isEqualTo(Set.of(7L, 8L));
        assertThat(changed("d2", "check_suite", "{\"check_suite\":{\"pull_requests\":[]},"))
                .isEmpty();
        assertThat(changed("d3", "status", "{\"sha\":\"x\",")).isEmpty();
        assertThat(changed("d4", "push", "{\"ref\":\"refs/heads/main\",")).isEmpty();
    }

    @Test
    void other_repositories_and_events_are_ignored() {
        assertThat(deliver("d1", "star", "{" + REPOSITORY + "}")).isInstanceOf(Ignored.class);
        assertThat(deliver("d2", "ping", "{\"zen\":\"x\"}")).isInstanceOf(Ignored.class);
        String other = PULL.replace("Acme/Flows", "acme/other");
        assertThat(deliver("d3", "pull_request", other)).isInstanceOf(Ignored.class);
    }

    @Test
    void what_is_signed_and_nonsense_is_refused() {
        assertThat(deliver("d1", "pull_request", "payload=%7B%7D")).isInstanceOf(Rejected.class);
        assertThat(deliver("d2", "pull_request", "[]")).isInstanceOf(Rejected.class);
        Map<String, List<String>> headers = headers("d3", "pull_request", PULL);
        headers.remove("X-GitHub-Delivery");
        assertThat(webhooks.receive(headers, bytes(PULL))).isInstanceOf(Rejected.class);
    }

    @Test
    void a_number_that_is_none_is_no_number() {
        assertThat(changed("d1", "pull_request", "{\"pull_request\":{\"number\":-1},"))
                .isEmpty();
        assertThat(changed("d2", "pull_request", "{\"pull_request\":{\"number\":\"7\"},"))
                .isEmpty();
    }

    @Test
    void there_is_no_receiver_without_a_secret() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GitHubWebhooks("acme/flows", List.of("")));
    }

    private Set<Long> changed(String delivery, String event, String begin) {
        return ((Changed) deliver(delivery, event, begin + REPOSITORY + "}")).pullRequests();
    }

    private WebhookVerdict deliver(String delivery, String event, String body) {
        return webhooks.receive(headers(delivery, event, body), bytes(body));
    }

    private static Map<String, List<String>> headers(String delivery, String event, String body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("X-GitHub-Delivery", List.of(delivery));
        headers.put("x-github-event", List.of(event));
        headers.put("X-Hub-Signature-256", List.of(signature(body)));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(SECRET), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
