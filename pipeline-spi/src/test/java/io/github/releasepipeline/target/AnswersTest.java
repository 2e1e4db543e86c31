package io.github.releasepipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateVerdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What targets and gates hand in: nothing of it is missing or without end once it is made. */
class AnswersTest {
    private static final Digest DIGEST = Manifest.empty().digest();
    private static final String LONG = "m".repeat(1_000_000);

    static Stream<Arguments> incomplete() {
        String text = nothing();
        return Stream.of(
                incomplete("summary", () -> new StepOutcome.Done(text)),
                incomplete("backup", () -> new StepOutcome.BackedUp(nothing())),
                incomplete("sort of its failure", () -> new StepOutcome.Failed(nothing(), "no", List.of())),
                incomplete("message", () -> new StepOutcome.Failed(FailureKind.ERRORED, text, List.of())),
                incomplete("outcome", () -> new Probe.Ended(nothing())),
                incomplete("why", () -> new Probe.Unknown(text)),
                incomplete("active items", () -> new Observation(nothing())),
                incomplete("verdict", () -> new GateResult(nothing(), "no", Map.of())),
                incomplete("summary", () -> new GateResult(GateVerdict.FAILED, text, Map.of())),
                incomplete("reference", () -> new Backup(text, DIGEST)),
                incomplete("digest", () -> new Backup("backup-1", nothing())),
                incomplete("id", () -> new Item(nothing(), DIGEST)),
                incomplete("digest", () -> new Item(new ItemId("workflow", "flows/a"), nothing())),
                incomplete("kind", () -> new ItemId(text, "flows/a")),
                incomplete("path", () -> new ItemId("workflow", text)));
    }

    private static Arguments incomplete(String part, ThrowingCallable making) {
        return Arguments.of(part, making);
    }

    @SuppressWarnings("unchecked")
    private static <T> T nothing() {
        return (T) Map.of().get("nothing");
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void an_answer_that_lacks_a_part_cannot_be_made_and_says_which(String part, ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(NullPointerException.class).hasMessageContaining(part);
    }

    @Test
    void texts_that_are_too_long_are_cut_off() {
        assertThat(new StepOutcome.Done(LONG).summary())
                .hasSize(StepOutcome.TEXT_LENGTH)
                .endsWith("m…");
        assertThat(new StepOutcome.Failed(FailureKind.FAILED, LONG, List.of()).message())
                .hasSize(StepOutcome.TEXT_LENGTH)
                .endsWith("m…");
        assertThat(new Probe.Unknown(LONG).why())
                .hasSize(StepOutcome.TEXT_LENGTH)
                .endsWith("m…");
    }

    @Test
    void texts_keep_their_lines_and_lose_what_cannot_be_shown() {
        assertThat(new StepOutcome.Done("one\r\ntwo\u0000").summary()).isEqualTo("one\ntwo");
    }
}
