package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CheckSummary.Check;
import io.github.releasepipeline.source.CheckSummary.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusesTest {
    private static final Protection NO_RULE = new Protection(Optional.of(0), List.of(), true, false);

    @ParameterizedTest
    @CsvSource({
        "success, PASSED",
        "skipped, PASSED",
        "failure, FAILED",
        "error, FAILED",
        "warning, FAILED",
        "pending, PENDING",
        "queued, UNKNOWN",
        "'', UNKNOWN",
    })
    void each_word_means_one_thing(String word, Status expected) {
        Check check = Statuses.summary(List.of(row(1, "build", word)), NO_RULE)
                .checks()
                .get(0);

        assertThat(check.status()).isEqualTo(expected);
        assertThat(check.rawStatus()).isEqualTo(word);
    }

    @Test
    void the_newest_status_of_a_context_counts() {
        assertThat(Statuses.latest(
                        List.of(row(3, "build", "success"), row(1, "build", "failure"), row(2, "lint", "error"))))
                .extracting(StatusRow::context, StatusRow::word)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("build", "success"),
                        org.assertj.core.groups.Tuple.tuple("lint", "error"));
    }

    @Test
    void a_required_context_that_nobody_reported_is_pending() {
        Protection rule = new Protection(Optional.of(0), List.of("ci/*", "scan"), true, false);

        assertThat(Statuses.summary(List.of(row(1, "ci/linux/x86", "success")), rule)
                        .checks())
                .extracting(Check::name, Check::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ci/linux/x86", Status.PASSED),
                        org.assertj.core.groups.Tuple.tuple("scan", Status.PENDING));
    }

    @ParameterizedTest
    @CsvSource({
        "build,            build,            true",
        "build,            build2,           false",
        "ci/*,             ci/linux/x86,     true",
        "*,                anything at all,  true",
        "ci/?,             ci/a,             true",
        "ci/?,             ci/ab,            false",
        "ci/[ab],          ci/b,             true",
        "ci/[!ab],         ci/b,             false",
        "ci/[!ab],         ci/c,             true",
        "'{lint,test}/*',  test/unit,        true",
        "'{lint,test}/*',  build/unit,       false",
        "'a,b',            'a,b',            true",
        "a.c,              abc,              false",
        "'a\\*',           'a*',             true",
        "'a\\*',           ab,               false",
        "'{open',          '{open',          true",
        "'{open',          open,             false",
        "'[open',          '[open',          true",
        "'ci (push)',      'ci (push)',      true",
    })
    void required_contexts_are_globs(String glob, String context, boolean expected) {
        assertThat(ContextGlob.matches(glob, context)).isEqualTo(expected);
    }

    private static StatusRow row(long id, String context, String word) {
        return new StatusRow(id, context, word, "", Optional.empty(), "ci", Instant.ofEpochSecond(id));
    }
}
