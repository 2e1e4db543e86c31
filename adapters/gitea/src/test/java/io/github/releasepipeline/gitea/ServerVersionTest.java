package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.22.6,                   1, 22, false",
        "v1.25.4,                  1, 25, false",
        "1.27.0+dev-42-gabcdef,    1, 27, false",
        "2.0.0,                    2,  0, false",
        "16.0.1+gitea-1.22.0,      1, 22, true",
        "7.0.0-dev+gitea-1.22.0,   1, 22, true",
        "some branch,              1, 22, false",
        "'',                       1, 22, false",
        "99999999999999999999.1,   1, 22, false",
    })
    void the_interface_is_the_one_of_gitea_that_a_version_names(String text, int major, int minor, boolean fork) {
        assertThat(ServerVersion.parse(text)).isEqualTo(new ServerVersion(text, major, minor, fork));
    }

    @ParameterizedTest
    @CsvSource({
        "1.22.6, false",
        "1.25.4, false",
        "1.26.0, true",
        "2.0.0, true",
        "16.0.1+gitea-1.22.0, false",
        "99.0.0+gitea-1.30.0, false",
    })
    void checks_run_again_and_merge_fields_are_in_lower_case_from_gitea_1_26_on(String text, boolean expected) {
        assertThat(ServerVersion.parse(text).canRunChecksAgain()).isEqualTo(expected);
        assertThat(ServerVersion.parse(text).writesMergeFieldsInLowerCase()).isEqualTo(expected);
    }

    @Test
    void a_version_is_kept_as_it_was_said() {
        assertThat(ServerVersion.parse("16.0.1+gitea-1.22.0").text()).isEqualTo("16.0.1+gitea-1.22.0");
    }
}
