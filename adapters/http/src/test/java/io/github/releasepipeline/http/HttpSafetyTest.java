package io.github.releasepipeline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.StubServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpSafetyTest extends HttpFacts {
    // redirects, pages, memory

    @Test
    void a_redirect_within_the_service_keeps_the_token_and_one_to_another_drops_it() {
        StubServer other = server(asked -> Answer.json(200, "[\"other\"]"));
        StubServer server = server(asked -> switch (asked.path()) {
            case "/things/7" -> Answer.empty(301).header("Location", "/renamed/7");
            case "/renamed/7" -> Answer.empty(302).header("Location", other.base() + "/elsewhere");
            default -> Answer.empty(404);
        });

        assertThat(api(server).send(READ, soon()).text()).isEqualTo("[\"other\"]");
        assertThat(server.exchanges())
                .allSatisfy(exchange ->
                        assertThat(exchange.asked().header("authorization")).isPresent());
        assertThat(asked(other).header("authorization")).isEmpty();
    }

    @Test
    void a_call_that_stays_within_its_origin_takes_a_redirect_to_another_for_the_answer() {
        StubServer other = server(asked -> Answer.json(200, "[\"other\"]"));
        StubServer server = server(asked -> switch (asked.path()) {
            case "/things/7" -> Answer.empty(301).header("Location", "/renamed/7");
            default -> Answer.empty(302).header("Location", other.base() + "/elsewhere");
        });

        Reply reply = api(server).send(READ.accept(302).asWithinOrigin(), soon());

        assertThat(reply.status()).isEqualTo(302);
        assertThat(server.requests()).containsExactly("GET /things/7", "GET /renamed/7");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void a_redirect_to_an_unprotected_address_is_not_followed() {
        assertThatThrownBy(() -> afterRedirectTo("http://forge.example/things/7", READ))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unprotected");
    }

    @Test
    void a_redirect_to_an_unprotected_address_is_the_answer_for_a_call_that_stays_within_its_origin()
            throws IOException {
        assertThat(afterRedirectTo("http://forge.example/things/7", READ.asWithinOrigin()))
                .isEmpty();
    }

    /** Where a call to a protected service goes on. */
    private static Optional<URI> afterRedirectTo(String location, Call call) throws IOException {
        URI base = URI.create("https://forge.example");
        HttpHeaders headers = HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
        Reply moved = new Reply(call.endpoint(), base, 302, headers, new byte[0], false);
        return new Redirects(new Wire(HttpOptions.standard(), Map.of()), base).next(call, base, moved);
    }

    @Test
    void a_redirect_of_a_write_is_not_followed() {
        StubServer server = server(asked -> Answer.empty(307).header("Location", "/renamed/7"));

        AdapterException failure = failure(api(server), WRITE);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("moved to /renamed/7");
        assertThat(server.exchanges()).hasSize(1);
    }

    @Test
    void redirects_in_a_circle_end() {
        StubServer server = server(asked -> Answer.empty(302).header("Location", "/things/7"));

        assertThat(failure(api(server), READ, Duration.ofSeconds(2))).hasMessageContaining("redirected more than");
    }

    @Test
    void the_next_page_of_another_host_is_read_without_the_token() {
        StubServer other = server(asked -> Answer.json(200, "[]"));
        StubServer server = server(asked -> Answer.json(200, "[]")
                .header("Link", "<" + other.base() + "/p?page=2>; rel=\"next\", <http://x/>; rel=\"last\""));
        HttpApi api = api(server);

        URI next = api.send(READ, soon()).next().orElseThrow();
        api.send(Call.get(next), soon());

        assertThat(asked(other).header("authorization")).isEmpty();
    }

    @Test
    void an_answer_is_confirmed_by_its_etag() {
        StubServer server = server(asked -> asked.header("if-none-match").isPresent()
                ? Answer.empty(304).header("ETag", "\"1\"")
                : Answer.json(200, "[1]").header("ETag", "\"1\"").header("Cache-Control", "private, max-age=60"));
        HttpApi api = api(server);

        api.send(READ, soon());
        assertThat(api.send(READ, soon()).text()).isEqualTo("[1]");
        assertThat(server.exchanges()).as("within its minute nothing is asked").hasSize(1);

        Reply fresh = api.send(READ.asFresh(), soon());

        assertThat(fresh.status()).isEqualTo(200);
        assertThat(fresh.text()).isEqualTo("[1]");
        assertThat(server.exchanges().get(1).asked().header("if-none-match")).contains("\"1\"");
    }

    // authorization

    @Test
    void a_refused_token_is_renewed_once() {
        StubServer server = server(asked -> asked.header("authorization").equals(Optional.of("Bearer 2"))
                ? Answer.json(200, "[]")
                : Answer.empty(401));
        Renewable renewable = new Renewable(1);
        HttpApi api = new HttpApi(server.base(), new Told("Forge"), renewable, HttpOptions.standard());

        assertThat(api.send(WRITE, soon()).status()).isEqualTo(200);
        assertThat(server.exchanges()).hasSize(2);
    }

    @Test
    void a_token_that_stays_refused_is_an_error() {
        StubServer server = server(asked -> Answer.empty(401));

        AdapterException failure =
                failure(new HttpApi(server.base(), new Told("Forge"), new Renewable(1), HttpOptions.standard()), READ);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure).hasMessageContaining("wrong, expired or revoked");
        assertThat(server.exchanges()).hasSize(2);
    }

    // messages

    @Test
    void a_failure_names_everything_but_the_token() {
        StubServer server = server(asked -> Answer.json(403, "{}")
                .header("X-Request-Id", "AB:12")
                .header("X-Words", "no\tright " + TOKEN)
                .header("X-Missing", "checks=write"));

        AdapterException failure = failure(api(server), READ.query("secret", "q"));

        assertThat(failure)
                .hasMessage("Forge GET /things/7 answered 403: no right *** (permission needed: checks=write;"
                        + " request id AB:12)");
    }

    @Test
    void an_unknown_host_and_a_closed_port_are_told_apart() {
        AdapterException unknown =
                failure(api(URI.create("http://no-such-host.invalid"), HttpOptions.standard()), WRITE);
        AdapterException closed = failure(api(URI.create("http://localhost:1"), HttpOptions.standard()), WRITE);

        assertThat(unknown).hasMessageContaining("host's name is unknown");
        assertThat(closed).hasMessageContaining("is the address right and the network there?");
        assertThat(unknown.retryable()).isTrue();
    }
}
