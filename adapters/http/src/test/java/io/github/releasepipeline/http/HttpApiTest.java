package io.github.releasepipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Answer.Delivery;
import io.github.releasepipeline.http.stub.StubServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpApiTest extends HttpFacts {
    // what is sent

    @Test
    void a_call_reaches_a_service_below_a_path_with_its_token() {
        StubServer server = server(asked -> Answer.json(200, "{\"id\":7}"));
        HttpApi api = api(URI.create(server.base() + "/sub/path/"), HttpOptions.standard());

        Reply reply = api.send(Call.get("/things/{}/of/{}", "a/b c", 7).query("q", "x&y"), soon());

        assertThat(reply.json().path("id").longValue()).isEqualTo(7);
        assertThat(server.requests()).containsExactly("GET /sub/path/things/a%2Fb%20c/of/7?q=x%26y");
        assertThat(asked(server).header("authorization")).contains("Bearer " + TOKEN);
        assertThat(asked(server).header("accept")).contains("application/json");
    }

    @Test
    void parameters_and_template_must_agree() {
        assertThatIllegalArgumentException().isThrownBy(() -> Call.get("/things/{}"));
        assertThatIllegalArgumentException().isThrownBy(() -> Call.get("/things", 1));
    }

    @Test
    void an_address_with_a_user_is_refused_without_repeating_the_password() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api(URI.create("https://me:hunter2@forge.example"), HttpOptions.standard()))
                .withMessageContaining("user")
                .withMessageNotContaining("hunter2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> api(URI.create("forge.example"), HttpOptions.standard()))
                .withMessageContaining("https://");
    }

    @Test
    void a_token_with_a_line_break_is_refused_without_repeating_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Authorization.of("Bearer", TOKEN + "\n"))
                .withMessageContaining("line break")
                .withMessageNotContaining(TOKEN);
        assertThat(Authorization.of("Bearer", TOKEN).toString()).doesNotContain(TOKEN);
    }

    // repeating

    @Test
    void a_read_is_repeated_after_a_passing_failure_and_after_a_lost_answer() {
        StubServer server = script(Answer.empty(503), Answer.lost(), Answer.empty(502), Answer.json(200, "[]"));

        assertThat(api(server).send(READ, soon()).status()).isEqualTo(200);
        assertThat(server.exchanges()).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void a_read_is_given_up_after_four_failures() {
        StubServer server = server(asked -> Answer.empty(502));

        AdapterException failure = failure(api(server), READ);

        assertThat(failure.retryable()).isTrue();
        assertThat(server.exchanges()).hasSize(4);
    }

    @Test
    void a_write_is_sent_once_whatever_happens() {
        for (String method : List.of("PUT", "POST", "PATCH", "DELETE")) {
            for (Answer answer : List.of(Answer.empty(503), Answer.lost(), Answer.empty(500))) {
                StubServer server = server(asked -> answer);

                AdapterException failure = failure(api(server), Call.of(method, "/things"));

                assertThat(failure.retryable()).isTrue();
                assertThat(server.exchanges()).as("%s", method).hasSize(1);
            }
        }
    }

    @Test
    void a_write_that_the_caller_calls_repeatable_is_repeated() {
        StubServer server = script(Answer.empty(503), Answer.json(200, "{}"));

        assertThat(api(server).send(WRITE.asRepeatable(), soon()).status()).isEqualTo(200);
    }

    @Test
    void a_lasting_failure_is_not_repeated() {
        StubServer server = server(asked -> Answer.empty(404));

        assertThat(failure(api(server), READ).retryable()).isFalse();
        assertThat(server.exchanges()).hasSize(1);
    }

    @Test
    void a_status_that_the_caller_accepts_is_an_answer() {
        StubServer server = server(asked -> Answer.empty(404));

        assertThat(api(server).send(READ.accept(404), soon()).status()).isEqualTo(404);
    }

    @Test
    void the_service_says_when_to_repeat() {
        StubServer server = script(Answer.empty(503).header("Retry-After", "1"), Answer.json(200, "{}"));
        Instant before = Instant.now();

        api(server).send(READ, soon());

        assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }

    @Test
    void no_pause_goes_beyond_the_deadline_and_the_failure_says_when_to_come_again() {
        StubServer server = server(asked -> Answer.empty(429).header("Retry-After", "3600"));
        HttpApi api = api(server);
        Instant before = Instant.now();

        AdapterException failure = failure(api, READ);

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        assertThat(failure.retryAt().orElseThrow()).isCloseTo(before.plusSeconds(3600), within(10, ChronoUnit.SECONDS));
        assertThat(failure).hasMessageContaining("come again at");
    }

    @Test
    void nothing_is_sent_while_the_quota_is_known_to_be_used_up() {
        StubServer server = server(asked -> Answer.empty(429).header("Retry-After", "3600"));
        HttpApi api = api(server);
        failure(api, READ);

        AdapterException second = failure(api, WRITE);

        assertThat(server.exchanges()).hasSize(1);
        assertThat(second.retryAt()).isPresent();
        assertThat(second).hasMessageContaining("was not asked");
    }

    @Test
    void a_date_to_come_again_is_read_by_the_clock_of_the_service() {
        StubServer server = server(asked ->
                Answer.empty(503).header("Retry-After", http(Instant.now().plusSeconds(600))));
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(1_000));
        HttpApi api = api(server.base(), HttpOptions.standard().clock(wrong));

        AdapterException failure = catchThrowableOfType(
                AdapterException.class, () -> api.send(READ, Deadline.in(Duration.ofSeconds(10), wrong)));

        assertThat(failure.retryAt().orElseThrow())
                .isCloseTo(wrong.instant().plusSeconds(600), within(10, ChronoUnit.SECONDS));
    }

    // time

    @Test
    void a_body_that_stalls_ends_in_time() {
        StubServer server = server(asked -> Answer.json(200, "[1,2,3]").delivered(Delivery.STALLED));
        HttpApi api = api(server.base(), HttpOptions.standard().bodyTimeout(Duration.ofMillis(200)));

        assertThat(failure(api, READ.accept(), Duration.ofSeconds(1))).hasMessageContaining("took too long");
    }

    @Test
    void a_head_that_does_not_come_ends_in_time() {
        StubServer server = server(asked -> Answer.json(200, "[]")).latency(Duration.ofSeconds(20));
        HttpApi api = api(server.base(), HttpOptions.standard().headersTimeout(Duration.ofMillis(200)));

        assertThat(failure(api, WRITE)).hasMessageContaining("took too long");
    }

    @Test
    void the_deadline_ends_what_no_timeout_ends() {
        StubServer server = server(asked -> Answer.json(200, "[1,2,3]").delivered(Delivery.STALLED));
        Instant before = Instant.now();

        assertThat(failure(api(server), READ, Duration.ofMillis(500)).retryable())
                .isTrue();
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void half_a_body_is_no_answer() {
        StubServer server = script(Answer.json(200, "[1,2,3]").delivered(Delivery.CUT), Answer.json(200, "[4]"));

        assertThat(api(server).send(READ, soon()).text()).isEqualTo("[4]");
    }

    @Test
    void a_body_longer_than_allowed_is_not_read() {
        StubServer server = server(asked -> Answer.json(200, "[" + " ".repeat(5_000) + "]"));
        HttpApi api = api(server.base(), HttpOptions.standard().maxBodyBytes(1_000));

        AdapterException failure = failure(api, READ);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("longer than 1000 bytes");
        assertThat(server.exchanges()).hasSize(1);
    }

    @Test
    void what_is_not_json_names_the_endpoint() {
        StubServer server = server(asked -> Answer.of(200, "text/html", "<html>".getBytes()));

        AdapterException failure = catchThrowableOfType(
                AdapterException.class, () -> api(server).send(READ, soon()).json());

        assertThat(failure).hasMessageContaining("GET /things/7").hasMessageContaining("text/html");
    }

    @Test
    void no_more_requests_run_at_the_same_time_than_allowed() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        StubServer server = server(asked -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return Answer.json(200, String.valueOf(busy()));
            } finally {
                running.decrementAndGet();
            }
        });
        HttpOptions two = HttpOptions.standard().concurrency(2);
        HttpApi one = api(server.base(), two);
        HttpApi another = api(server.base(), two);

        List<CompletableFuture<Void>> calls = java.util.stream.IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> (i % 2 == 0 ? one : another).send(Call.get("/things/{}", i), soon()),
                        work -> new Thread(work).start())) // the client itself needs the common pool
                .toList();
        calls.forEach(CompletableFuture::join);

        assertThat(most.get()).isBetween(1, 2);
        assertThat(server.exchanges()).hasSize(20);
    }
}
