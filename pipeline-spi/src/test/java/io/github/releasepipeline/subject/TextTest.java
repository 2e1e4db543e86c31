package io.github.releasepipeline.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.source.PullRequestId;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void a_line_loses_the_white_space_around_it() {
        assertThat(Text.line("A name", "  two words\n", 20)).isEqualTo("two words");
    }

    @Test
    void a_line_is_not_blank_and_is_one() {
        assertThatThrownBy(() -> Text.line("A name", " \n ", 20))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A name must not be blank");
        assertThatThrownBy(() -> Text.line("A name", "two\nlines", 20))
                .hasMessage("A name must be one line without control characters");
        assertThatThrownBy(() -> Text.line("A name", "a\tb", 20)).hasMessageContaining("one line");
    }

    @Test
    void a_text_may_be_as_long_as_its_limit_and_no_longer() {
        assertThat(Text.block("A text", "x".repeat(5), 5)).isEqualTo("xxxxx");
        assertThat(Text.block("A text", "  xxxxx  ", 5)).isEqualTo("xxxxx");
        assertThatThrownBy(() -> Text.block("A text", "x".repeat(6), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A text must have at most 5 characters, but has 6");
    }

    @Test
    void a_block_may_be_empty_and_have_lines_and_tabs_but_nothing_else_invisible() {
        assertThat(Text.block("A text", "", 5)).isEmpty();
        assertThat(Text.block("A text", "a\n\tb\r\nc", 20)).isEqualTo("a\n\tb\r\nc");
        for (String bad : new String[] {"a\u0000b", "a\u001bb", "a\u007fb", "a\u0085b"}) {
            assertThatThrownBy(() -> Text.block("A text", bad, 20))
                    .hasMessage("A text must not contain control characters");
        }
    }

    @Test
    void text_from_elsewhere_is_shown_in_one_line_that_keeps_its_direction() {
        assertThat(Text.shown("plain ünïcödé 🚀", 100)).isEqualTo("plain ünïcödé 🚀");
        assertThat(Text.shown("a\nb\u0000c\u001Bd\u2028e\u2029f", 100))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
        for (String turn : new String[] {"\u061C", "\u200E", "\u200F", "\u202A", "\u202E", "\u2066", "\u2069"}) {
            assertThat(Text.shown("a" + turn + "b", 100)).isEqualTo("a\uFFFDb");
        }
        for (String joined : new String[] {"\u200D", "\u202F", "\u2065", "\u206A"}) {
            assertThat(Text.shown("a" + joined + "b", 100)).isEqualTo("a" + joined + "b");
        }
        assertThat(Text.shown("lone \uD83D here", 100)).isEqualTo("lone \uFFFD here");
    }

    @Test
    void text_that_is_too_long_to_be_shown_ends_with_an_ellipsis() {
        assertThat(Text.shown("12345", 5)).isEqualTo("12345");
        assertThat(Text.shown("123456", 5)).isEqualTo("12345…");
        assertThat(Text.shown("🚀🚀🚀", 2)).isEqualTo("🚀🚀…");
    }

    @Test
    void an_event_is_named_after_its_family_and_itself() {
        assertThat(new ReleaseEvent.StepStarted(io.github.releasepipeline.release.Step.BACKUP, "k").name())
                .isEqualTo("release.step-started");
        assertThat(DomainEvent.name(ChangeSetEvent.SentBack.class)).isEqualTo("change-set.sent-back");
    }

    @Test
    void a_reference_holds_type_and_value() {
        assertThat(new PullRequestId("acme/flows", 7).reference()).isEqualTo("pull-request:acme/flows#7");
    }

    @Test
    void text_that_is_shown_keeps_lines_and_loses_what_deceives() {
        assertThat(Text.readable(
                        "a\r\nb\rc\td\u0000\u001b[31m\u0085\u202e\u202a\u2066\u2069\u200e\u200f\ufeff\u2028\u2029é😀",
                        100))
                .isEqualTo("a\nb\nc\td[31mé😀");
        assertThat(Text.readable("a\ud800b", 100)).isEqualTo("ab");
    }

    @Test
    void text_that_is_shown_is_cut_where_nothing_breaks() {
        assertThat(Text.readable("12345", 5)).isEqualTo("12345");
        assertThat(Text.readable("123456", 5)).isEqualTo("1234…");
        assertThat(Text.readable("123😀56", 5)).isEqualTo("123…");
        assertThat(Text.readable("12😀56", 5)).isEqualTo("12😀…");
        assertThat(Text.readable("x".repeat(100_000), 50)).hasSize(50).endsWith("…");
    }

    @Test
    void text_that_is_shown_in_one_line_has_one() {
        assertThat(Text.readableLine("  a\r\n\tb  c\u2028d ", 100)).isEqualTo("a b cd");
        assertThat(Text.readableLine("a\nb", 3)).isEqualTo("a b");
    }
}
