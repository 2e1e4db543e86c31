package io.github.releasepipeline.examples.forgetable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.StubServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForgeTableTest {
    private static final String TOKEN = "0123-secret";
    private static final String HEAD = "a".repeat(40);

    /** One page of GitHub's GraphQL, with what the table shows. */
    private static final String GITHUB = """
            {"data": {"repository": {"pullRequests": {
              "pageInfo": {"hasNextPage": false, "endCursor": null},
              "nodes": [{
                "number": 7, "title": "From GitHub", "state": "OPEN", "isDraft": false,
                "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-02T00:00:00Z",
                "author": {"__typename": "User", "login": "alice"},
                "baseRefName": "main", "baseRefOid": "%1$s", "headRefOid": "%1$s", "changedFiles": 1,
                "reviewDecision": "APPROVED",
                "labels": {"nodes": [{"name": "feature"}]},
                "reviewRequests": {"totalCount": 0},
                "latestOpinionatedReviews": {"nodes": [{
                  "state": "APPROVED", "submittedAt": "2026-01-02T00:00:00Z",
                  "author": {"__typename": "User", "login": "bob"}, "commit": {"oid": "%1$s"}}]},
                "files": {"pageInfo": {"hasNextPage": false},
                  "nodes": [{"path": "workflows/invoice.json", "changeType": "ADDED"}]},
                "oldest": {"totalCount": 1, "nodes": [{"commit": {"authoredDate": "2026-01-01T00:00:00Z"}}]},
                "newest": {"nodes": [{"commit": {"oid": "%1$s", "message": "x", "authoredDate": "2026-01-01T00:00:00Z",
                  "statusCheckRollup": null}}]},
                "baseRef": {"refUpdateRule": {"requiredApprovingReviewCount": 1, "requiredStatusCheckContexts": []},
                  "rules": {"nodes": []}}
              }]
            }}}}
            """.formatted(HEAD);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StubServer server = StubServer.start(this::answer);
    private String pulls = "[" + pull(1, "Read invoices faster", "feature") + "," + pull(2, "WIP: later", "") + "]";
    private Optional<Answer> refusal = Optional.empty();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_table_shows_what_is_open() {
        int exitCode = run("--items", "workflow=workflows/**/*.json");

        assertThat(err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out()).hasSize(4);
        assertThat(out().get(0)).startsWith("#  Title ");
        assertThat(out().get(2))
                .matches(
                        "1 +Read invoices faster +alice +approved +1/1 +1/2 passed +1 workflow +feature +\\d+ days ago");
        assertThat(out().get(3)).matches("2 +WIP: later +alice +draft .*");
    }

    @Test
    void the_document_holds_what_the_table_shows() throws Exception {
        assertThat(run("--json")).isZero();

        JsonNode document = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        JsonNode first = document.path("pullRequests").path(0);
        assertThat(document.path("repository").asText()).isEqualTo("acme/flows");
        assertThat(first.path("number").asLong()).isEqualTo(1);
        assertThat(first.path("status").asText()).isEqualTo("APPROVED");
        assertThat(first.path("review").path("needed").asInt()).isEqualTo(1);
        assertThat(first.path("checks").path(1).path("status").asText()).isEqualTo("FAILED");
        assertThat(first.path("items").path(0).path("change").asText()).isEqualTo("CREATED");
        assertThat(first.path("labels").path(0).asText()).isEqualTo("feature");
    }

    @Test
    void the_table_of_a_repository_on_github_looks_the_same() {
        int exitCode = gitHub(Map.of(Forge.GITHUB_TOKEN, TOKEN));

        assertThat(err()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out().get(2))
                .matches("7 +From GitHub +alice +approved +1/1 +none +1 workflow +feature +\\d+ days ago");
    }

    @Test
    void a_wrong_token_for_github_is_one_line_without_the_token() {
        refusal = Optional.of(Answer.json(401, "{\"message\": \"Bad credentials " + TOKEN + "\"}"));

        assertThat(gitHub(Map.of(Forge.GITHUB_TOKEN, TOKEN))).isEqualTo(2);
        assertThat(err())
                .singleElement()
                .asString()
                .contains("the token is wrong")
                .doesNotContain(TOKEN);
    }

    @Test
    void an_unknown_repository_on_github_is_one_line() {
        refusal = Optional.of(Answer.json(
                200,
                "{\"data\": {\"repository\": null}, \"errors\": [{\"type\": \"NOT_FOUND\", \"path\": [\"repository\"],"
                        + " \"message\": \"Could not resolve to a Repository\"}]}"));

        assertThat(gitHub(Map.of(Forge.GITHUB_TOKEN, TOKEN))).isEqualTo(2);
        assertThat(err()).singleElement().asString().contains("no repository acme/flows");
    }

    @Test
    void github_without_a_token_is_one_line_that_names_the_variable() {
        assertThat(gitHub(Map.of())).isEqualTo(2);
        assertThat(err()).singleElement().asString().contains("GITHUB_TOKEN");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void two_forges_are_one_too_many() {
        assertThat(run("--github")).isEqualTo(2);
        assertThat(err()).hasSize(1);
    }

    @Test
    void nothing_open_is_said_so() {
        pulls = "[]";

        assertThat(run()).isZero();
        assertThat(out()).containsExactly("No pull request of acme/flows is open.");
    }

    @Test
    void a_title_cannot_steer_the_terminal() {
        pulls = "[" + pull(1, "\\u001b[2Jgone\\u202e", "") + "]";

        run();

        assertThat(out().get(2)).contains("[2Jgone").doesNotContain("\u001b").doesNotContain("\u202e");
    }

    @Test
    void a_wrong_token_is_one_line_without_the_token() {
        refusal = Optional.of(Answer.json(401, "{\"message\": \"no user for token " + TOKEN + "\"}"));

        assertThat(run()).isEqualTo(2);
        assertThat(err())
                .singleElement()
                .asString()
                .contains("the token is wrong")
                .doesNotContain(TOKEN);
    }

    @Test
    void an_unknown_repository_is_one_line() {
        refusal = Optional.of(Answer.json(404, "{\"message\": \"not found\"}"));

        assertThat(run()).isEqualTo(2);
        assertThat(err()).singleElement().asString().contains("no repository acme/flows");
    }

    @Test
    void a_missing_permission_is_one_line_that_names_it() {
        refusal = Optional.of(Answer.json(
                403,
                "{\"message\": \"token does not have at least one of required scope(s):" + " [read:repository]\"}"));

        assertThat(run()).isEqualTo(2);
        assertThat(err()).singleElement().asString().contains("permission needed: read:repository");
    }

    @Test
    void a_server_that_is_not_there_is_one_line() {
        server.close();

        assertThat(run()).isEqualTo(2);
        assertThat(err()).singleElement().asString().contains("gave no answer");
    }

    @Test
    void arguments_that_cannot_be_right_are_one_line() {
        assertThat(run("--items", "workflow")).isEqualTo(2);
        assertThat(run("--items", "a=*", "a=**")).isEqualTo(2);
        assertThat(run("--tabel")).isEqualTo(2);
        assertThat(ForgeTable.run(print(out), print(err), Map.of(), "--repo", "acme/flows"))
                .isEqualTo(2);
        assertThat(ForgeTable.run(print(out), print(err), Map.of(), "--repo", "flows", "--gitea", "http://localhost"))
                .isEqualTo(2);
        assertThat(err()).hasSize(5).allSatisfy(line -> assertThat(line).isNotBlank());
    }

    @Test
    void the_token_comes_from_the_environment_and_none_is_needed() {
        run();
        ForgeTable.run(
                print(out), print(err), Map.of(), "--gitea", server.base().toString(), "--repo", "acme/flows");

        assertThat(server.exchanges())
                .extracting(exchange -> exchange.asked().header("authorization"))
                .contains(Optional.of("token " + TOKEN), Optional.empty());
    }

    private int run(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--gitea", server.base().toString(), "--repo", "acme/flows"));
        arguments.addAll(List.of(more));
        return ForgeTable.run(
                print(out), print(err), Map.of(Forge.GITEA_TOKEN, TOKEN), arguments.toArray(String[]::new));
    }

    private int gitHub(Map<String, String> environment) {
        return ForgeTable.run(
                print(out),
                print(err),
                environment,
                "--repo",
                "acme/flows",
                "--items",
                "workflow=workflows/**/*.json",
                "--github",
                server.base().toString());
    }

    private Answer answer(Asked asked) {
        String path = asked.path();
        if (path.endsWith("/graphql")) {
            return refusal.orElseGet(() -> Answer.json(200, GITHUB));
        }
        if (path.endsWith("/pulls")) {
            return refusal.orElseGet(() -> Answer.json(200, pulls));
        }
        if (path.endsWith("/pulls/1/reviews")) {
            return Answer.json(
                    200,
                    "[{\"id\": 1, \"user\": {\"login\": \"bob\"}, \"state\": \"APPROVED\", \"official\":"
                            + " true, \"commit_id\": \"" + HEAD + "\", \"submitted_at\": \"2026-01-02T00:00:00Z\"}]");
        }
        if (path.endsWith("/files")) {
            return Answer.json(200, "[{\"filename\": \"workflows/invoice.json\", \"status\": \"added\"}]");
        }
        if (path.endsWith("/status")) {
            return Answer.json(
                    200,
                    "{\"statuses\": [{\"id\": 1, \"context\": \"build\", \"status\": \"success\"},"
                            + " {\"id\": 2, \"context\": \"lint\", \"status\": \"failure\"}]}");
        }
        if (path.endsWith("/branches/main")) {
            return Answer.json(200, "{\"name\": \"main\", \"protected\": true, \"required_approvals\": 1}");
        }
        return path.endsWith("/reviews") ? Answer.json(200, "[]") : Answer.json(404, "{}");
    }

    private static String pull(long number, String title, String label) {
        String labels = label.isEmpty() ? "[]" : "[{\"id\": 1, \"name\": \"" + label + "\"}]";
        return "{\"number\": " + number + ", \"title\": \"" + title + "\", \"state\": \"open\", \"user\": {\"login\":"
                + " \"alice\"}, \"labels\": " + labels + ", \"head\": {\"sha\": \"" + HEAD + "\"}, \"base\": {\"ref\":"
                + " \"main\"}, \"created_at\": \"2026-01-01T00:00:00Z\", \"updated_at\": \"2026-01-02T00:00:00Z\"}";
    }

    private List<String> out() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private List<String> err() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
