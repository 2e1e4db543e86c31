package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonsTest {
    private static final String LONGEST = "x".repeat(2_000);

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void a_mandatory_reason_has_words(String nothing) {
        assertThatThrownBy(() -> Reasons.given(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mandatory");
        assertThat(Reasons.comment(nothing)).isEmpty();
    }

    @Test
    void what_people_type_is_kept_up_to_two_thousand_characters() {
        assertThat(Reasons.given("high error rate")).isEqualTo("high error rate");
        assertThat(Reasons.comment("fine")).contains("fine");
        assertThat(Reasons.given(LONGEST)).isEqualTo(LONGEST);
        assertThat(Reasons.comment(LONGEST)).contains(LONGEST);
        assertThatThrownBy(() -> Reasons.given(LONGEST + "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reasons.comment(LONGEST + "x")).isInstanceOf(IllegalArgumentException.class);
    }
}
