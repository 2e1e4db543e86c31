package io.github.releasepipeline.core.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.tck.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MatchRulesTest {
    private static final AutoChangeSetRule ONE = AutoChangeSetRule.grouping("one", "One");
    private static final AutoChangeSetRule TWO = AutoChangeSetRule.grouping("two", "Two");
    private static final AutoChangeSetRule THREE = AutoChangeSetRule.grouping("three", "Three");
    private static final Instant BEGUN = Sample.NOW;

    @Test
    void the_first_declared_rule_that_matches_wins_whatever_the_order_of_the_labels() {
        assertThat(MatchRules.match(List.of(ONE, TWO, THREE), List.of("three", "x", "two")))
                .contains(new MatchRules.Match(TWO, List.of("three")));
    }

    @Test
    void no_rule_or_no_label_is_no_match() {
        assertThat(MatchRules.match(List.of(), List.of("one"))).isEmpty();
        assertThat(MatchRules.match(List.of(ONE), List.of())).isEmpty();
        assertThat(MatchRules.match(List.of(ONE), List.of("ONE", "ones"))).isEmpty();
    }

    @Test
    void what_is_not_merged_is_no_merge() {
        assertThat(isNew(Optional.empty(), open(), Optional.of(BEGUN))).isFalse();
    }

    @Test
    void a_merge_of_what_was_seen_open_is_new_even_before_the_first_reading_has_ended() {
        assertThat(isNew(Optional.of(open()), merged(1, BEGUN.minusSeconds(9)), Optional.empty()))
                .isTrue();
    }

    @Test
    void a_merge_that_is_known_is_not_new() {
        assertThat(isNew(Optional.of(merged(1, BEGUN)), merged(1, BEGUN), Optional.of(BEGUN)))
                .isFalse();
    }

    @Test
    void another_merge_of_the_same_pull_request_is_new_unless_it_is_old() {
        assertThat(isNew(Optional.of(merged(1, BEGUN)), merged(2, BEGUN), Optional.of(BEGUN)))
                .isTrue();
        Instant before = BEGUN.minusMillis(1);
        assertThat(isNew(Optional.of(merged(1, before)), merged(2, before), Optional.of(BEGUN)))
                .isFalse();
    }

    @Test
    void a_merge_of_what_was_never_seen_is_new_from_the_instant_on_in_which_the_repository_was_first_read() {
        assertThat(isNew(Optional.empty(), merged(1, BEGUN), Optional.of(BEGUN)))
                .isTrue();
        assertThat(isNew(Optional.empty(), merged(1, BEGUN.minusMillis(1)), Optional.of(BEGUN)))
                .isFalse();
    }

    @Test
    void a_merge_of_what_was_never_seen_is_history_until_the_first_reading_has_ended() {
        assertThat(isNew(Optional.empty(), merged(1, BEGUN), Optional.empty())).isFalse();
    }

    private static boolean isNew(Optional<PullRequest> known, PullRequest fresh, Optional<Instant> since) {
        return MatchRules.isNewMerge(known, fresh, since);
    }

    private static PullRequest open() {
        return Sample.pullRequest(1).build();
    }

    private static PullRequest merged(long commit, Instant at) {
        return Sample.pullRequest(1)
                .progress(new PullRequest.Progress.Merged(
                        new MergedRange(Sample.commit(99), Sample.commit(commit)), at, Optional.empty()))
                .build();
    }
}
