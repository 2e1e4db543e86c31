package io.github.releasepipeline.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTest {
    @ParameterizedTest
    @CsvSource({
        "billing/**, billing/a.json, true",
        "billing/**, billing/deep/er/a.json, true",
        "billing/**, billing, false",
        "billing/**, other/billing/a.json, false",
        "billing/**, billing2/a.json, false",
        "**/billing/*.json, billing/a.json, true",
        "**/billing/*.json, x/y/billing/a.json, true",
        "**/billing/*.json, x/billing/y/a.json, false",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a**z, a/b/z, true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "a.b, axb, false",
        "a+(b), a+(b), true",
        "*, a, true",
        "*, a/b, false"
    })
    void a_glob_means_paths(String glob, String path, boolean meant) {
        assertThat(PathGlob.of(glob).matches(path)).isEqualTo(meant);
    }

    @Test
    void a_name_may_hold_a_line_feed() {
        assertThat(PathGlob.of("a/*").matches("a/b\nc")).isTrue();
        assertThat(PathGlob.of("a/**")).hasToString("a/**");
    }

    @Test
    void a_glob_is_relative_and_not_negated() {
        for (String bad : List.of("/a", "!a")) {
            assertThatThrownBy(() -> PathGlob.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("A path glob must be relative to the root and not negated: '" + bad + "'");
        }
        assertThatThrownBy(() -> PathGlob.of(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
