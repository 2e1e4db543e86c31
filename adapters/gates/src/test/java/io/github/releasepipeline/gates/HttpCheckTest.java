package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.gates.Gateway.Answer;
import io.github.releasepipeline.gates.Gateway.Delivery;
import io.github.releasepipeline.http.Authorization;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.QualityGateContract;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpCheckTest extends QualityGateContract {
    private static final String TOKEN = "s3cret-t0ken";

    private final Judging judging = new Judging();
    private final Gateway server =
            new Gateway(Answer.json(200, "{\"status\": \"UP\", \"nodes\": 3, \"ready\": true, \"note\": null}"));

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    protected QualityGate newGate() {
        return check();
    }

    @Override
    protected Artifacts acceptable() {
        server.answers(Answer.json(200, "{}"));
        return Judging.flow("{}");
    }

    @Override
    protected Artifacts unacceptable() {
        server.answers(Answer.json(404, "{}"));
        return Judging.flow("{}");
    }

    @Test
    void an_expected_status_passes() {
        GateResult result = judging.ask(check());
        assertThat(result.summary()).isEqualTo("Gateway passed (status 200)");
        assertThat(result.evidence())
                .containsEntry("status", "200")
                .containsEntry("address", server.base() + "/health");
        assertThat(server.requests()).containsExactly("GET /health?deep=true");
    }

    @Test
    void another_status_fails_and_is_told() {
        server.answers(Answer.json(500, "{}"));
        assertThat(judging.ask(check()).summary()).isEqualTo("Gateway failed: status 500, not 200");
        assertThat(judging.ask(check().status(204, 200)).summary())
                .isEqualTo("Gateway failed: status 500, not 200 or 204");
        assertThat(judging.ask(check().status(500)).verdict()).isEqualTo(GateVerdict.PASSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void a_service_that_says_when_to_come_again_has_answered_and_hears_the_next_sample(int status) {
        HttpCheck check = check();
        server.answers(Answer.json(status, "{}").header("Retry-After", "3600"));
        assertThat(judging.ask(check).summary()).isEqualTo("Gateway failed: status " + status + ", not 200");
        server.answers(Answer.json(200, "{}"));
        assertThat(judging.ask(check).verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(server.requests()).hasSize(2);
    }

    @Test
    void a_service_may_be_expected_to_be_out_of_service() {
        server.answers(Answer.json(503, "{}").header("Retry-After", "3600"));
        assertThat(judging.ask(check().status(503)).verdict()).isEqualTo(GateVerdict.PASSED);
    }

    @ParameterizedTest
    @CsvSource({"/status,UP", "/nodes,3", "/ready,true", "/note,null"})
    void a_value_in_the_body_is_as_expected(String pointer, String value) {
        GateResult result = judging.ask(check().json(pointer, value));
        assertThat(result.summary()).isEqualTo("Gateway passed (1/1)");
        assertThat(result.evidence()).containsEntry(pointer, value);
    }

    @ParameterizedTest
    @CsvSource({"/status,DOWN,UP", "/nodes,4,3", "/missing,1,nothing"})
    void another_value_fails_and_is_told(String pointer, String wanted, String found) {
        assertThat(judging.ask(check().json("/ready", "true").json(pointer, wanted))
                        .summary())
                .isEqualTo("Gateway failed: " + pointer + " is " + found + ", not " + wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0099, PASSED, Gateway passed (1/1)",
        "0.0100, PASSED, Gateway passed (1/1)",
        "0.0101, FAILED, 'Gateway failed: /data/result/0/value/1 is 0.0101, more than 0.01'",
        "1e3, FAILED, 'Gateway failed: /data/result/0/value/1 is 1e3, more than 0.01'",
        "NaN, INCONCLUSIVE, 'Gateway: /data/result/0/value/1 is NaN, no number'",
        "+Inf, INCONCLUSIVE, 'Gateway: /data/result/0/value/1 is +Inf, no number'"
    })
    void a_measured_number_is_not_above_its_limit(String measured, GateVerdict verdict, String summary) {
        server.answers(
                Answer.json(200, "{\"data\": {\"result\": [{\"value\": [1435781451.781, \"" + measured + "\"]}]}}"));
        GateResult result = judging.ask(check().atMost("/data/result/0/value/1", new BigDecimal("0.01")));
        assertThat(result.verdict()).isEqualTo(verdict);
        assertThat(result.summary()).isEqualTo(summary);
        assertThat(result.evidence()).containsEntry("/data/result/0/value/1", measured);
    }

    @Test
    void what_was_not_measured_is_inconclusive_and_a_number_without_quotes_is_one_too() {
        assertThat(judging.ask(check().atMost("/data", BigDecimal.ONE)).verdict())
                .isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(judging.ask(check().atMost("/nodes", new BigDecimal(3))).verdict())
                .isEqualTo(GateVerdict.PASSED);
        assertThat(judging.ask(check().json("/status", "UP").atMost("/nodes", new BigDecimal(2)))
                        .summary())
                .isEqualTo("Gateway failed: /nodes is 3, more than 2");
    }

    @Test
    void a_body_that_is_not_json_fails_where_a_value_is_expected() {
        server.answers(Answer.of(200, "text/html", "<html>proxy</html>".getBytes(StandardCharsets.UTF_8)));
        GateResult result = judging.ask(check().json("/status", "UP"));
        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary()).isEqualTo("Gateway failed: the answer is not JSON");
    }

    @Test
    void a_redirect_within_the_service_is_followed_and_one_to_elsewhere_is_not() {
        try (Gateway elsewhere = new Gateway(Answer.json(200, "{}"))) {
            server.answers(Answer.redirect(elsewhere.base() + "/internal"));
            assertThat(judging.ask(check()).summary()).isEqualTo("Gateway failed: status 302, not 200");
            assertThat(elsewhere.requests()).isEmpty();
        }
        server.answers(Answer.redirect("/there"));
        assertThat(judging.ask(check()).verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(server.requests()).endsWith("GET /there");
    }

    @Test
    void a_service_that_is_not_there_is_inconclusive() {
        server.close();
        GateResult result = judging.ask(check().http(HttpOptions.standard().patience(Duration.ofMillis(300))));
        assertThat(result.verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
        assertThat(result.summary()).startsWith("Gateway: Gateway GET /health");
    }

    @ParameterizedTest
    @EnumSource(names = {"STALLED", "LOST", "CUT"})
    void an_answer_that_never_ends_is_inconclusive_in_time(Delivery delivery) {
        server.answers(Answer.json(200, "{\"status\": \"UP\"}").delivered(delivery));
        HttpOptions hasty = HttpOptions.standard().patience(Duration.ofMillis(400));
        assertThat(judging.ask(check().http(hasty)).verdict()).isEqualTo(GateVerdict.INCONCLUSIVE);
    }

    @Test
    void an_answer_that_is_too_long_is_not_read() {
        server.answers(Answer.of(200, "text/plain", new byte[2 << 20]));
        assertThat(judging.ask(check()).summary()).contains("the body is longer than 1048576 bytes");
    }

    @Test
    void neither_the_token_nor_the_query_is_told() {
        server.answers(Answer.json(401, "{\"echo\": \"" + TOKEN + "\"}"));
        HttpCheck check = HttpCheck.get("Gateway", URI.create(server.base() + "/health?key=" + TOKEN))
                .as(Authorization.of("Bearer", TOKEN));
        GateResult result = judging.ask(check);
        assertThat(result.toString()).doesNotContain(TOKEN);
        assertThat(judging.log.lines().toString()).doesNotContain(TOKEN);
        assertThat(server.authorizations()).containsExactly("Bearer " + TOKEN);
        server.close();
        assertThat(judging.ask(check.http(HttpOptions.standard().patience(Duration.ofMillis(300))))
                        .toString())
                .doesNotContain(TOKEN);
    }

    @Test
    void what_is_no_address_is_refused() {
        assertThatThrownBy(() -> HttpCheck.get("Gateway", URI.create("file:///etc/passwd")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpCheck.get("Gateway", URI.create("https://me:pass@gateway.example/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("pass@");
        assertThatThrownBy(() -> check().json("status", "UP")).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpCheck check() {
        return HttpCheck.get("Gateway", URI.create(server.base() + "/health?deep=true"));
    }
}
