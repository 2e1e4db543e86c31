package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuotaTest {
    private static final Instant RESET = Instant.now().plusSeconds(1_800);

    private final Forge forge = new Forge();

    @AfterEach
    void close() {
        forge.close();
    }

    static Stream<Answer> usedUp() {
        String reset = String.valueOf(RESET.getEpochSecond());
        ObjectNode limited = Json.object();
        limited.putNull("data");
        limited.putArray("errors").addObject().put("type", "RATE_LIMITED").put("message", "API rate limit exceeded");
        return Stream.of(
                FakeGitHub.problem(403, "API rate limit exceeded for installation")
                        .header("X-RateLimit-Remaining", "0")
                        .header("X-RateLimit-Reset", reset),
                FakeGitHub.problem(429, "API rate limit exceeded")
                        .header("X-RateLimit-Remaining", "0")
                        .header("X-RateLimit-Reset", reset),
                FakeGitHub.problem(403, "You have exceeded a secondary rate limit")
                        .header("Retry-After", "1800"),
                FakeGitHub.problem(429, "Too many requests").header("Retry-After", "1800"),
                Answer.json(200, limited).header("X-RateLimit-Reset", reset));
    }

    @ParameterizedTest
    @MethodSource("usedUp")
    void a_quota_that_is_used_up_says_when_to_come_again_and_nobody_waits_for_it(Answer answer) {
        forge.fake.strike(asked -> Optional.of(answer));
        Instant before = Instant.now();

        AdapterException failure = failure();

        assertThat(failure.retryable()).isTrue();
        assertThat(failure.retryAt().orElseThrow()).isBetween(RESET.minusSeconds(60), RESET.plusSeconds(60));
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(forge.server.exchanges()).hasSize(1);
    }

    @Test
    void a_secondary_limit_that_tells_only_words_is_left_alone_for_a_minute() {
        for (int status : List.of(403, 429)) {
            Forge other = new Forge();
            other.fake.strike(asked -> Optional.of(
                    FakeGitHub.problem(status, "You have triggered an abuse detection mechanism. Please wait.")));
            GitHub impatient = other.gitHub.http(HttpOptions.standard().patience(Duration.ofSeconds(5)));

            AdapterException failure =
                    catchThrowableOfType(AdapterException.class, () -> impatient.changedSince(Optional.empty(), 10));

            assertThat(failure.retryAt().orElseThrow())
                    .isBetween(Instant.now().plusSeconds(40), Instant.now().plusSeconds(61));
            other.close();
        }
    }

    @Test
    void the_last_answer_of_a_quota_is_an_answer_and_the_next_call_waits() {
        String reset = String.valueOf(RESET.getEpochSecond());
        forge.fake.damage =
                answer -> answer.header("X-RateLimit-Remaining", "0").header("X-RateLimit-Reset", reset);

        assertThat(forge.gitHub.tags().find("v1")).isEmpty();
        AdapterException failure = catchThrowableOfType(
                AdapterException.class, () -> forge.gitHub.tags().find("v2"));

        assertThat(failure.retryAt()).isPresent();
        assertThat(forge.server.exchanges()).hasSize(1);
    }

    @Test
    void a_page_that_github_cannot_answer_in_time_is_asked_for_in_smaller_ones() {
        for (int i = 0; i < 60; i++) {
            forge.fake.open("Number " + i, "alice", Map.of("workflows/" + i + ".json", "x"));
        }
        forge.fake.strike(asked -> asked.path().endsWith("/graphql")
                        && asked.json().path("variables").path("first").asInt() > 12
                ? Optional.of(Answer.of(502, "text/html", "<html>Bad gateway</html>".getBytes()))
                : Optional.empty());

        assertThat(forge.gitHub.changedSince(Optional.empty(), 100).changed()).hasSize(60);
    }

    @Test
    void an_outage_is_an_error_that_passes_and_names_the_request() {
        forge.fake.strike(asked -> Optional.of(FakeGitHub.problem(503, "Service unavailable")));

        AdapterException failure = failure();

        assertThat(failure.retryable()).isTrue();
        assertThat(failure)
                .hasMessageContaining("GitHub POST")
                .hasMessageContaining("503: Service unavailable")
                .hasMessageContaining("C0FF:EE")
                .hasMessageNotContaining(Forge.TOKEN);
    }

    @Test
    void a_wrong_token_and_an_unknown_repository_are_errors_that_say_so() {
        forge.fake.strike(asked -> Optional.of(FakeGitHub.problem(401, "Bad credentials")));
        assertThat(failure()).hasMessageContaining("the token is wrong, expired or revoked");
        assertThat(failure().retryable()).isFalse();

        ObjectNode nothing = Json.object();
        nothing.putObject("data").putNull("repository");
        nothing.putArray("errors").addObject().put("type", "NOT_FOUND").put("message", "Could not resolve");
        forge.fake.strike(asked -> Optional.of(Answer.json(200, nothing)));
        assertThat(failure()).hasMessageContaining("no repository acme/flows").hasMessageContaining("may not see it");
    }

    @Test
    void nothing_shows_the_token() {
        assertThat(forge.gitHub.toString()).contains("acme/flows").doesNotContain(Forge.TOKEN);
    }

    private AdapterException failure() {
        return catchThrowableOfType(AdapterException.class, () -> forge.gitHub.changedSince(Optional.empty(), 10));
    }

    @Test
    void by_rest_a_page_is_cut_short_before_the_time_is_over() {
        for (int i = 0; i < 3; i++) {
            forge.fake.open("Number " + i, "alice", Map.of("workflows/" + i + ".json", "x"));
        }
        forge.fake.rules.graphQlForbidden = true;
        GitHub hurried = forge.gitHub.http(HttpOptions.standard().patience(Duration.ofSeconds(29)));

        PullRequestPage page = hurried.changedSince(Optional.empty(), 100);
        PullRequestPage next = hurried.changedSince(Optional.of(page.cursor()), 100);

        assertThat(page.changed()).extracting(PullRequest::number).containsExactly(1L);
        assertThat(page.complete()).isFalse();
        assertThat(next.changed()).extracting(PullRequest::number).containsExactly(2L);
    }
}
