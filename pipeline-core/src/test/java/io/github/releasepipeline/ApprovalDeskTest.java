package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.notify.ApprovalDesk;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people answer elsewhere counts as if they had said it here. */
class ApprovalDeskTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private final Pipeline pipeline = fixture.start();
    private final ApprovalDesk desk = pipeline.approvalDesk();
    private final Release asked =
            pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), "staging");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_vote_for_what_was_shown_counts() {
        Release approved = desk.approve(BOB, asked.id(), asked.plan().digest(), "looks good");

        assertThat(approved.state().kind()).isEqualTo(ReleaseState.Kind.READY);
        assertThat(approved.approvals()).singleElement().satisfies(vote -> {
            assertThat(vote.by()).isEqualTo(BOB);
            assertThat(vote.comment()).isEqualTo("looks good");
        });
    }

    @Test
    void a_vote_for_another_plan_than_the_one_that_stands_does_not_count() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> desk.approve(BOB, asked.id(), Digest.of("another plan"), ""))
                .withMessageContaining("has changed since it was shown")
                .matches(refused -> refused.rule().equals("release.vote.outdated"));
        assertThat(pipeline.as(ALICE).releases().get(asked.id())).isEqualTo(asked);
    }

    @Test
    void a_vote_against_ends_the_release() {
        Release rejected = desk.reject(BOB, asked.id(), asked.plan().digest(), "freeze until Monday");

        assertThat(rejected.state())
                .isInstanceOfSatisfying(
                        ReleaseState.Rejected.class,
                        state -> assertThat(state.reason()).isEqualTo("freeze until Monday"));
    }

    @Test
    void a_vote_against_another_plan_than_the_one_that_stands_does_not_count() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> desk.reject(BOB, asked.id(), Digest.of("another plan"), "freeze until Monday"))
                .matches(refused -> refused.rule().equals("release.vote.outdated"));
        assertThat(pipeline.as(ALICE).releases().get(asked.id())).isEqualTo(asked);
    }

    @Test
    void every_rule_is_asked() {
        assertThatExceptionOfType(RefusedException.class)
                .as("the requester does not approve")
                .isThrownBy(() -> desk.approve(ALICE, asked.id(), asked.plan().digest(), ""));
        desk.reject(BOB, asked.id(), asked.plan().digest(), "no");
        assertThatExceptionOfType(RefusedException.class)
                .as("too late, and that counts more than the plan")
                .isThrownBy(() -> desk.approve(BOB, asked.id(), Digest.of("another plan"), ""))
                .withMessageNotContaining("has changed");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> desk.reject(
                        BOB, new ReleaseId("r-unknown"), asked.plan().digest(), "no"));
    }
}
