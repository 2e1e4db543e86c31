package io.github.releasepipeline.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.examples.benchmarks.PullRequestTable.Cost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PullRequestTableTest {
    @Test
    void both_read_the_same_table() throws Exception {
        Cost ours = PullRequestTable.measure(Ours::read, 12, Duration.ZERO);
        Cost theirs = PullRequestTable.measure(Hub4j::read, 12, Duration.ZERO);

        assertThat(ours.rows()).hasSize(12).containsExactlyInAnyOrderElementsOf(theirs.rows());
        assertThat(ours.rows()).first().satisfies(row -> {
            assertThat(row.approvals()).isEqualTo(1);
            assertThat(row.checks()).isEqualTo(3);
            assertThat(row.files()).isEqualTo(2);
        });
    }

    @Test
    void a_hundred_take_twenty_times_fewer_requests() throws Exception {
        Cost ours = PullRequestTable.measure(Ours::read, 100, Duration.ZERO);
        Cost theirs = PullRequestTable.measure(Hub4j::read, 100, Duration.ZERO);

        assertThat(ours.requests()).isEqualTo(3);
        assertThat(theirs.requests()).isGreaterThanOrEqualTo(20 * ours.requests());
    }
}
