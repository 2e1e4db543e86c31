package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.http.stub.Exchange;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check of exchanges against the descriptions finds what is wrong. */
class ContractsTest {
    @BeforeEach
    void needDescriptions() {
        assumeTrue(System.getProperty("contracts.dir") != null, "contracts.dir names no folder");
    }

    @ParameterizedTest
    @EnumSource(Described.class)
    void a_way_of_merging_that_does_not_exist_is_found(Described version) {
        assertThat(problems(version, "POST", "/repos/a/b/pulls/1/merge", order("conjure"), Answer.empty(200)))
                .anyMatch(problem -> problem.contains("enum"));
    }

    @ParameterizedTest
    @EnumSource(Described.class)
    void an_order_without_its_way_of_merging_is_found(Described version) {
        assertThat(problems(version, "POST", "/repos/a/b/pulls/1/merge", "{\"Style\": \"merge\"}", Answer.empty(200)))
                .anyMatch(problem -> problem.contains("required"));
    }

    @ParameterizedTest
    @EnumSource(Described.class)
    void an_endpoint_that_does_not_exist_is_found(Described version) {
        assertThat(problems(version, "GET", "/repos/a/b/pullrequests", "", Answer.json(200, "[]")))
                .anyMatch(problem -> problem.contains("path"));
    }

    @ParameterizedTest
    @EnumSource(Described.class)
    void a_page_that_is_no_number_is_found(Described version) {
        assertThat(problems(version, "GET", "/repos/a/b/pulls?page=first", "", Answer.json(200, "[]")))
                .anyMatch(problem -> problem.contains("integer"));
    }

    @ParameterizedTest
    @EnumSource(Described.class)
    void an_answer_of_the_wrong_shape_is_found(Described version) {
        assertThat(problems(
                        version,
                        "GET",
                        "/repos/a/b/pulls",
                        "",
                        Answer.json(200, "[{\"number\": \"one\", \"title\": 2}]")))
                .anyMatch(problem -> problem.contains("type"));
    }

    private static String order(String style) {
        return Json.object().put("Do", style).put("do", style).toString();
    }

    private static List<String> problems(Described version, String method, String path, String body, Answer answer) {
        Map<String, List<String>> headers =
                body.isEmpty() ? Map.of() : Map.of("content-type", List.of("application/json"));
        return version.problems(
                "/api/v1",
                List.of(new Exchange(
                        new Asked(method, URI.create("/api/v1" + path), headers, body.getBytes()), answer)));
    }
}
