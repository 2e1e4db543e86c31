package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.source.CommitId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MergeAnswerTest {
    private static final CommitId HEAD = new CommitId("a".repeat(40));

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(200, "", new MergeAnswer.Done()),
                Arguments.of(201, "", new MergeAnswer.Scheduled()),
                Arguments.of(
                        405, message("Please try again later"), new MergeAnswer.TryLater("Please try again later")),
                Arguments.of(
                        405,
                        message("Does not have enough approvals"),
                        new MergeAnswer.Refused("Does not have enough approvals")),
                Arguments.of(405, "", new MergeAnswer.Refused("no reason given")),
                Arguments.of(405, "<html>", new MergeAnswer.Refused("no reason given")),
                Arguments.of(409, message("head out of date"), new MergeAnswer.HeadMoved()),
                Arguments.of(
                        409, message("merge push out of date"), new MergeAnswer.TryLater("merge push out of date")),
                Arguments.of(
                        409,
                        message("PushRejected with remote message: signed commits only"),
                        new MergeAnswer.Refused("PushRejected with remote message: signed commits only")),
                Arguments.of(409, "", new MergeAnswer.Conflict(List.of())),
                Arguments.of(
                        409,
                        "{\"Style\": \"merge\", \"StdOut\": \"Auto-merging a b.json\\nCONFLICT (content): Merge conflict in"
                                + " a b.json\\nCONFLICT (add/add): Merge conflict in c.json\\n\", \"StdErr\": \"\"}",
                        new MergeAnswer.Conflict(List.of("a b.json", "c.json"))),
                Arguments.of(423, "", new MergeAnswer.Refused("The repository is archived")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void each_answer_means_one_thing(int status, String body, MergeAnswer expected) {
        assertThat(MergeAnswer.of(status, body)).isEqualTo(expected);
    }

    @Test
    void a_status_that_is_no_answer_is_an_error() {
        assertThatIllegalArgumentException().isThrownBy(() -> MergeAnswer.of(500, ""));
    }

    @Test
    void the_order_names_the_expected_head_in_the_words_of_the_version() {
        assertThat(MergeStyle.order("squash", HEAD, ServerVersion.parse("1.25.4")))
                .hasToString("{\"Do\":\"squash\",\"head_commit_id\":\"" + HEAD + "\"}");
        assertThat(MergeStyle.order("squash", HEAD, ServerVersion.parse("1.26.0")))
                .hasToString("{\"do\":\"squash\",\"head_commit_id\":\"" + HEAD + "\"}");
    }

    private static String message(String text) {
        return "{\"message\": \"" + text + "\", \"url\": \"https://gitea.example.org/api/swagger\"}";
    }
}
