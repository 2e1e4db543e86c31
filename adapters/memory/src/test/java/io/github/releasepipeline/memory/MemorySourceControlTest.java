package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.tck.SourceControlContract;
import io.github.releasepipeline.tck.SourceControlFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemorySourceControlTest extends SourceControlContract {
    private final SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
    private final MemoryItemRepository repository = new MemoryItemRepository(clock);
    private final MemorySourceControl control =
            new MemorySourceControl("acme/flows", repository, SourceControlFixture.KINDS, clock);

    @Override
    protected SourceControlFixture newFixture() {
        return new Fixture();
    }

    @Test
    void any_commit_has_the_checks_that_were_reported_of_it() {
        CommitId commit = repository.commitOn("main", Map.of("workflows/a.json", "1"));
        CheckSummary.Check red =
                new CheckSummary.Check("build", CheckSummary.Status.FAILED, "failed", "", Optional.empty());
        CheckSummary.Check green =
                new CheckSummary.Check("build", CheckSummary.Status.PASSED, "passed", "", Optional.empty());
        control.check(commit, red);
        control.check(commit, green);

        assertThat(control.checks(commit).checks()).containsExactly(green);
        assertThat(control.checks(new CommitId("0".repeat(40))).checks()).isEmpty();
    }

    @Test
    void checks_run_again_for_the_head_only() {
        long number = control.open("Add", "alice", List.of(), Map.of("workflows/a.json", "1"));
        CommitId head = control.pullRequest(number).pullRequest().head();
        control.check(number, "build", CheckSummary.Status.FAILED, "1 failure");

        assertThat(control.runChecks(number, repository.resolve("main"))).isPresent();
        assertThat(checks(number).anyFailed()).isTrue();
        assertThat(control.runChecks(number, head)).isEmpty();
        assertThat(checks(number).checks())
                .extracting(CheckSummary.Check::status)
                .containsExactly(CheckSummary.Status.PENDING);
    }

    @Test
    void reviews_and_checks_of_an_older_head_do_not_count() {
        long number = control.open("Add", "alice", List.of(), Map.of("workflows/a.json", "1"));
        control.review(number, "bob", ReviewSummary.Decision.APPROVED);
        control.check(number, "build", CheckSummary.Status.PASSED, "fine");

        control.push(number, Map.of("workflows/a.json", "2"));

        assertThat(checks(number).total()).isZero();
        assertThat(control.pullRequest(number).pullRequest().review().given()).contains(0);
    }

    @Test
    void an_ordered_refusal_is_answered_once() {
        long number = control.open("Add", "alice", List.of(), Map.of("workflows/a.json", "1"));
        CommitId head = control.pullRequest(number).pullRequest().head();
        control.refuseNextMerge(new MergeOutcome.Queued("in line"));

        assertThat(mergeNow(number, head)).isEqualTo(new MergeOutcome.Queued("in line"));
        assertThat(mergeNow(number, head)).isInstanceOf(MergeOutcome.Merged.class);
    }

    private MergeOutcome mergeNow(long number, CommitId head) {
        return control.merge(new MergeRequest(number, head, Optional.empty(), Actor.user("bob"), clock.instant()));
    }

    private CheckSummary checks(long number) {
        return control.pullRequest(number).pullRequest().checks();
    }

    private final class Fixture implements SourceControlFixture {
        @Override
        public SourceControl sourceControl() {
            return control;
        }

        @Override
        public CommitId commitToMain(Map<String, String> files) {
            clock.advance(Duration.ofMinutes(1));
            return repository.commitOn("main", files);
        }

        @Override
        public long open(Proposal proposal) {
            clock.advance(Duration.ofMinutes(1));
            return proposal.draft()
                    ? control.openDraft(proposal.title(), proposal.author(), proposal.labels(), proposal.files())
                    : control.open(proposal.title(), proposal.author(), proposal.labels(), proposal.files());
        }

        @Override
        public CommitId push(long number, Map<String, String> files) {
            clock.advance(Duration.ofMinutes(1));
            return control.push(number, files);
        }

        @Override
        public CommitId review(long number, String reviewer, ReviewSummary.Decision opinion) {
            clock.advance(Duration.ofMinutes(1));
            control.review(number, reviewer, opinion);
            return control.pullRequest(number).pullRequest().head();
        }

        @Override
        public void mergeElsewhere(long number) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(control.mergeElsewhere(number, "maintainer")).isInstanceOf(MergeOutcome.Merged.class);
        }

        @Override
        public void close(long number) {
            clock.advance(Duration.ofMinutes(1));
            control.close(number);
        }

        @Override
        public void close() {}
    }
}
