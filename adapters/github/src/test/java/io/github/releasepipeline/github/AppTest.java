package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AppTest {
    private static final KeyPair KEYS = keys();

    private final Forge forge = new Forge();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String accepted = "";
    private volatile Instant expires = Instant.now().plusSeconds(3_600);

    @BeforeEach
    void giveTokens() {
        forge.fake.strike(this::answer);
    }

    @AfterEach
    void close() {
        forge.close();
    }

    private Optional<Answer> answer(Asked request) {
        if (request.path().endsWith("/installation")) {
            return Optional.of(Answer.json(200, installation()));
        }
        if (request.path().startsWith("/app/installations/")) {
            if (!issuedNow(request)) {
                return Optional.of(FakeGitHub.problem(401, "'Issued at' claim ('iat') must be an Integer in the past"));
            }
            accepted = "ghs_" + asked.incrementAndGet();
            return Optional.of(
                    Answer.json(201, Json.object().put("token", accepted).put("expires_at", expires.toString())));
        }
        boolean known = request.header("authorization").equals(Optional.of("Bearer " + accepted));
        return known ? Optional.empty() : Optional.of(FakeGitHub.problem(401, "Bad credentials"));
    }

    @Test
    void an_app_asks_for_a_token_of_its_installation_for_this_repository_and_what_it_needs() throws Exception {
        GitHub gitHub = gitHub(app().only("pull_requests", "read"), HttpOptions.standard());

        gitHub.tags().find("v1");

        assertThat(forge.server.requests())
                .containsExactly(
                        "GET /repos/acme/flows/installation",
                        "POST /app/installations/42/access_tokens",
                        "GET /repos/acme/flows/git/ref/tags%2Fv1");
        Asked order = forge.server.exchanges().get(1).asked();
        assertThat(order.json().path("repositories").path(0).asText()).isEqualTo("flows");
        assertThat(order.json().path("permissions").path("pull_requests").asText())
                .isEqualTo("read");
        assertThat(isSignedByTheKey(order)).isTrue();
        JsonNode claims = claims(order);
        assertThat(claims.path("iss").asText()).isEqualTo("Iv1.app");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
    }

    @Test
    void a_known_installation_is_not_asked_for() {
        gitHub(app().installation(7), HttpOptions.standard()).tags().find("v1");

        assertThat(forge.server.requests()).first().isEqualTo("POST /app/installations/7/access_tokens");
    }

    @Test
    void a_token_serves_until_ten_minutes_before_its_end() {
        GitHub gitHub = gitHub(app(), HttpOptions.standard());
        gitHub.tags().find("v1");
        gitHub.tags().find("v2");
        assertThat(asked).hasValue(1);

        expires = Instant.now().plusSeconds(599);
        accepted = "revoked meanwhile";
        gitHub.tags().find("v3");
        gitHub.tags().find("v4");

        assertThat(asked)
                .as("renewed after 401, and at once again since it ends soon")
                .hasValue(3);
    }

    @Test
    void many_threads_share_one_token() {
        GitHub gitHub = gitHub(app(), HttpOptions.standard());

        List<CompletableFuture<Void>> calls = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> gitHub.tags().find("v" + i),
                        work -> new Thread(work).start())) // the client itself needs the common pool
                .toList();
        calls.forEach(CompletableFuture::join);

        assertThat(asked).hasValue(1);
    }

    @Test
    void a_clock_that_is_wrong_is_corrected_by_githubs() {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(3));

        assertThat(gitHub(app(), HttpOptions.standard().clock(wrong)).tags().find("v1"))
                .isEmpty();
        assertThat(asked).hasValue(1);
    }

    @Test
    void keys_are_read_in_both_forms_and_never_shown() {
        String pkcs8 = pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());

        assertThat(GitHubApp.of("Iv1.app", pkcs8)).hasToString("GitHubApp[Iv1.app]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GitHubApp.of("Iv1.app", pem("RSA PRIVATE KEY", new byte[] {1, 2, 3})))
                .withMessageContaining("damaged")
                .withNoCause();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GitHubApp.of("Iv1.app", "-----BEGIN CERTIFICATE-----"))
                .withMessageContaining("no PEM of an RSA private key");
    }

    private GitHub gitHub(GitHubApp app, HttpOptions options) {
        return GitHub.repository("acme/flows", app).server(forge.server.base()).http(options);
    }

    private static GitHubApp app() {
        byte[] pkcs8 = KEYS.getPrivate().getEncoded();
        return GitHubApp.of("Iv1.app", pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length)));
    }

    private static String pem(String what, byte[] der) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + what + "-----\n";
    }

    private static boolean issuedNow(Asked request) {
        long issued = claims(request).path("iat").asLong();
        return Math.abs(Instant.now().getEpochSecond() - 60 - issued) < 60;
    }

    private static JsonNode claims(Asked request) {
        try {
            return Json.read(Base64.getUrlDecoder().decode(token(request)[1]));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSignedByTheKey(Asked request) throws GeneralSecurityException {
        String[] token = token(request);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(KEYS.getPublic());
        signature.update((token[0] + "." + token[1]).getBytes());
        return signature.verify(Base64.getUrlDecoder().decode(token[2]));
    }

    private static String[] token(Asked request) {
        return request.header("authorization")
                .orElseThrow()
                .substring("Bearer ".length())
                .split("\\.");
    }

    private static ObjectNode installation() {
        ObjectNode json = Shapes.urls("access_tokens_url html_url repositories_url")
                .put("id", 42)
                .put("app_id", 1)
                .put("app_slug", "app")
                .put("target_id", 1)
                .put("target_type", "Organization")
                .put("repository_selection", "selected")
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", "2026-01-01T00:00:00Z");
        json.putNull("single_file_name").putNull("suspended_by").putNull("suspended_at");
        json.set("account", Shapes.user("acme"));
        json.putObject("permissions");
        json.putArray("events");
        return json;
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
