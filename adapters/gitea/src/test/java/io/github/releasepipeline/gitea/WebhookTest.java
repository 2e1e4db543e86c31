package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.http.hook.WebhookReceiver;
import io.github.releasepipeline.http.hook.WebhookVerdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String PULL = "{\"action\": \"opened\", \"number\": 5000000000,"
            + " \"pull_request\": {\"number\": 5000000000}, \"repository\": {\"full_name\": \"acme/flows\"}}";

    private final Scene scene = new Scene();
    private final WebhookReceiver receiver = scene.gitea.webhook(SECRET);

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pull_request",
                "pull_request_sync",
                "pull_request_label",
                "pull_request_review_approved",
                "pull_request_review_rejected",
                "pull_request_comment",
                "pull_request_of_tomorrow"
            })
    void events_of_a_pull_request_name_its_number(String type) {
        WebhookVerdict verdict = receiver.receive(signed("1", type, PULL, SECRET), bytes(PULL));

        assertThat(verdict).isInstanceOfSatisfying(WebhookVerdict.Changed.class, changed -> {
            assertThat(changed.repository()).isEqualTo("acme/flows");
            assertThat(changed.pullRequests()).containsExactly(5_000_000_000L);
            assertThat(changed.delivery()).isEqualTo("1");
        });
    }

    @ParameterizedTest
    @CsvSource({"push, true", "delete, true", "repository, true", "create, false", "release, false", "fork, false"})
    void other_events_may_concern_all_or_none(String type, boolean all) {
        WebhookVerdict verdict = receiver.receive(signed("1", type, PULL, SECRET), bytes(PULL));

        if (all) {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            WebhookVerdict.Changed.class,
                            changed -> assertThat(changed.pullRequests()).isEmpty());
        } else {
            assertThat(verdict).isInstanceOf(WebhookVerdict.Ignored.class);
        }
    }

    @Test
    void a_status_names_the_pull_requests_whose_head_it_is_of() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.gitea.openPullRequests();
        String body = "{\"sha\": \"" + scene.head(number) + "\", \"repository\": {\"full_name\": \"acme/flows\"}}";
        String unknown = "{\"sha\": \"" + "f".repeat(40) + "\", \"repository\": {\"full_name\": \"acme/flows\"}}";

        assertThat(numbers(receiver.receive(signed("1", "status", body, SECRET), bytes(body))))
                .contains(Set.of(number));
        assertThat(numbers(receiver.receive(signed("2", "status", unknown, SECRET), bytes(unknown))))
                .contains(Set.of());
    }

    @Test
    void a_status_of_a_head_that_was_pushed_over_names_no_pull_request() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.gitea.openPullRequests();
        String body = "{\"sha\": \"" + scene.head(number) + "\", \"repository\": {\"full_name\": \"acme/flows\"}}";
        scene.forge.push(number, Map.of("agents/b.json", "1"));
        scene.gitea.pullRequest(number);

        assertThat(numbers(receiver.receive(signed("1", "status", body, SECRET), bytes(body))))
                .contains(Set.of());
    }

    @Test
    void a_comment_counts_on_pull_requests_only() {
        String on = "{\"is_pull\": true, \"issue\": {\"number\": 7}, \"repository\": {\"full_name\": \"acme/flows\"}}";
        String off = on.replace("true", "false");

        assertThat(numbers(receiver.receive(signed("1", "issue_comment", on, SECRET), bytes(on))))
                .contains(Set.of(7L));
        assertThat(receiver.receive(signed("2", "issue_comment", off, SECRET), bytes(off)))
                .isInstanceOf(WebhookVerdict.Ignored.class);
    }

    @Test
    void what_is_not_signed_is_rejected() {
        Map<String, List<String>> headers = signed("1", "pull_request", PULL, SECRET);
        headers.put("X-Gitea-Signature", List.of(""));
        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Rejected.class);

        headers.remove("X-Gitea-Signature");
        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Rejected.class);
    }

    @Test
    void a_signature_by_another_secret_or_over_other_bytes_is_rejected() {
        assertThat(receiver.receive(signed("1", "pull_request", PULL, "guessed"), bytes(PULL)))
                .isInstanceOf(WebhookVerdict.Rejected.class);
        assertThat(receiver.receive(signed("1", "pull_request", PULL, SECRET), bytes(PULL + " ")))
                .isInstanceOf(WebhookVerdict.Rejected.class);
    }

    @Test
    void two_signatures_are_rejected() {
        Map<String, List<String>> headers = signed("1", "pull_request", PULL, SECRET);
        headers.put("x-gitea-signature", List.of("00"));

        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Rejected.class);
    }

    @Test
    void headers_that_github_would_send_are_not_enough() {
        Map<String, List<String>> headers = signed("1", "pull_request", PULL, SECRET);
        headers.keySet().removeIf(name -> name.startsWith("X-Gitea"));

        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Rejected.class);
    }

    @Test
    void a_repetition_is_ignored_until_it_is_forgotten() {
        Map<String, List<String>> headers = signed("1", "pull_request", PULL, SECRET);
        WebhookVerdict first = receiver.receive(headers, bytes(PULL));

        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Ignored.class);
        assertThat(receiver.receive(signed("2", "pull_request", PULL, SECRET), bytes(PULL)))
                .isInstanceOf(WebhookVerdict.Ignored.class);

        receiver.forget((WebhookVerdict.Changed) first);
        assertThat(receiver.receive(headers, bytes(PULL))).isInstanceOf(WebhookVerdict.Changed.class);
    }

    @Test
    void while_the_secret_is_replaced_both_are_accepted() {
        WebhookReceiver both = scene.gitea.webhook("new", SECRET);

        assertThat(both.receive(signed("1", "pull_request", PULL, SECRET), bytes(PULL)))
                .isInstanceOf(WebhookVerdict.Changed.class);
        String other = PULL.replace("opened", "edited");
        assertThat(both.receive(signed("2", "pull_request", other, "new"), bytes(other)))
                .isInstanceOf(WebhookVerdict.Changed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "no json", "[]", "{}", "{\"repository\": null}", "{\"repository\": {\"full_name\": 7}}"})
    void what_is_signed_but_means_nothing_is_ignored(String body) {
        assertThat(receiver.receive(signed("1", "pull_request", body, SECRET), bytes(body)))
                .isInstanceOf(WebhookVerdict.Ignored.class);
    }

    @Test
    void a_hook_without_a_secret_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> scene.gitea.webhook(" "));
    }

    private static Optional<Set<Long>> numbers(WebhookVerdict verdict) {
        return verdict instanceof WebhookVerdict.Changed changed
                ? Optional.of(changed.pullRequests())
                : Optional.empty();
    }

    /** All headers that the server sends, those of its look-alikes included. */
    private static Map<String, List<String>> signed(String delivery, String type, String body, String secret) {
        String hex = hmac(secret, body);
        String coarse = type.startsWith("pull_request") ? "pull_request" : type;
        Map<String, List<String>> headers = new TreeMap<>();
        headers.put("Content-Type", List.of("application/json"));
        for (String product : List.of("Gitea", "Gogs", "GitHub")) {
            headers.put("X-" + product + "-Event", List.of(coarse));
            headers.put("X-" + product + "-Delivery", List.of(delivery));
        }
        headers.put("X-Gitea-Event-Type", List.of(type));
        headers.put("X-Gitea-Signature", List.of(hex));
        headers.put("X-Hub-Signature-256", List.of("sha256=" + hex));
        return headers;
    }

    private static String hmac(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes(body)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
