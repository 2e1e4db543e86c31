package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.Exchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The check of exchanges bites. */
@EnabledIfSystemProperty(named = "contracts.dir", matches = ".+", disabledReason = "needs GitHub's descriptions")
class DescriptionTest {
    private static final Answer MERGED =
            Answer.json(200, Json.object().put("sha", "x").put("merged", true).put("message", "done"));

    @Test
    void what_github_describes_passes() {
        assertThat(merge("{\"merge_method\":\"squash\",\"sha\":\"x\"}", MERGED)).isEmpty();
    }

    @Test
    void a_word_that_is_not_listed_fails() {
        assertThat(merge("{\"merge_method\":\"fast-forward\"}", MERGED)).isNotEmpty();
    }

    @Test
    void a_missing_field_of_an_answer_fails() {
        assertThat(merge("{}", Answer.json(200, "{\"merged\":true}"))).isNotEmpty();
    }

    @Test
    void a_path_that_does_not_exist_fails() {
        assertThat(problems("POST", "/repos/acme/flows/pulls/1/fuse", "{}", MERGED))
                .isNotEmpty();
    }

    @Test
    void a_field_that_the_schema_does_not_know_fails() {
        assertThat(Forge.problems("query { repository(owner: \"a\", name: \"b\") { colour } }"))
                .isNotEmpty();
        assertThat(Forge.problems("query { repository(owner: \"a\", name: \"b\") { id } }"))
                .isEmpty();
    }

    private static List<String> merge(String body, Answer answer) {
        return problems("PUT", "/repos/acme/flows/pulls/1/merge", body, answer);
    }

    private static List<String> problems(String method, String path, String body, Answer answer) {
        Asked asked = new Asked(
                method, URI.create(path), Map.of("content-type", List.of("application/json")), body.getBytes());
        return Forge.problems(List.of(new Exchange(asked, answer)));
    }
}
