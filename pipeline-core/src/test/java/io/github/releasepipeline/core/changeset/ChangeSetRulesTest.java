package io.github.releasepipeline.core.changeset;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.changeSet;
import static io.github.releasepipeline.core.machine.Samples.merged;
import static io.github.releasepipeline.core.machine.Samples.pullRequest;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetRules.Candidate;
import io.github.releasepipeline.core.changeset.ChangeSetRules.Contents;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest.Progress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeSetRulesTest {
    private static final Contents CONTENTS = new Contents("Invoices", "text", ChangeType.FEATURE, List.of(7L));
    private static final Candidate MERGED = candidate(7, merged("m7"));
    private static final Candidate OPEN = candidate(8, new Progress.Open());
    private static final ChangeSet DRAFT = changeSet("c1", ChangeType.FIX, List.of(7L));
    private static final ChangeSet PROPOSED =
            changeSet("c1", ChangeType.FIX, List.of(7L), new ChangeSetEvent.Proposed());
    private static final ChangeSet READY = changeSet("c1", ChangeType.FIX, List.of(7L), new ChangeSetEvent.Readied());
    private static final ChangeSet VERSIONED = changeSet(
            "c1", ChangeType.FIX, List.of(7L), new ChangeSetEvent.Readied(), new ChangeSetEvent.Versioned("v1.0.0"));

    private static Candidate candidate(long number, Progress progress) {
        return new Candidate(number, Optional.of(pullRequest(number, "t", progress)), Optional.empty());
    }

    @Test
    void a_set_of_merged_pull_requests_is_ready_at_once_where_no_review_is_needed() {
        ChangeSetEvent.Created created =
                new ChangeSetEvent.Created("Invoices", "text", ChangeType.FEATURE, List.of(7L));
        assertThat(accepted(ChangeSetRules.create(CONTENTS, List.of(MERGED), ChangeSetReview.NOT_NEEDED)))
                .containsExactly(created, new ChangeSetEvent.Readied());
        assertThat(accepted(ChangeSetRules.create(CONTENTS, List.of(MERGED), ChangeSetReview.NEEDED)))
                .containsExactly(created);
        assertThat(accepted(ChangeSetRules.create(CONTENTS, List.of(MERGED, OPEN), ChangeSetReview.NOT_NEEDED)))
                .containsExactly(created);
        assertThat(accepted(ChangeSetRules.create(CONTENTS, List.of(), ChangeSetReview.NOT_NEEDED)))
                .containsExactly(created);
    }

    @Test
    void what_is_typed_is_checked_and_a_number_counts_once() {
        assertThat(new Contents(" a ", " b ", ChangeType.FIX, List.of(7L, 8L, 7L)))
                .isEqualTo(new Contents("a", "b", ChangeType.FIX, List.of(7L, 8L)));
        assertThatThrownBy(() -> new Contents(" ", "", ChangeType.FIX, List.of()))
                .hasMessage("The name of a change set must not be blank");
        assertThatThrownBy(() -> new Contents("x".repeat(201), "", ChangeType.FIX, List.of()))
                .hasMessageContaining("at most 200");
        assertThatThrownBy(() -> new Contents("x", "x".repeat(20_001), ChangeType.FIX, List.of()))
                .hasMessageStartingWith("The description of a change set must have at most 20000");
    }

    @Test
    void a_member_is_known_not_closed_and_in_no_other_set() {
        assertThat(refused(create(new Candidate(7, Optional.empty(), Optional.empty())), "change-set.member.unknown")
                        .message())
                .contains("#7");
        assertThat(refused(create(candidate(7, new Progress.Closed(NOON))), "change-set.member.closed")
                        .message())
                .contains("#7");
        ChangeSet other = changeSet("c2", ChangeType.FIX, List.of(7L));
        Candidate taken = new Candidate(7, MERGED.known(), Optional.of(other));
        assertThat(refused(create(taken), "change-set.member.taken").message())
                .isEqualTo("Pull request #7 is already in change set 'Set c2' (c2)");
        refused(ChangeSetRules.edit(DRAFT, CONTENTS, List.of(taken)), "change-set.member.taken");
        Candidate own = new Candidate(7, MERGED.known(), Optional.of(DRAFT));
        assertThat(accepted(ChangeSetRules.edit(DRAFT, CONTENTS, List.of(own)))).hasSize(1);
    }

    private static Decision create(Candidate candidate) {
        return ChangeSetRules.create(CONTENTS, List.of(candidate), ChangeSetReview.NOT_NEEDED);
    }

    @Test
    void a_set_can_be_edited_until_it_is_in_a_version() {
        ChangeSetEvent.Edited edited = new ChangeSetEvent.Edited("Invoices", "text", ChangeType.FEATURE, List.of(7L));
        for (ChangeSet set : List.of(DRAFT, PROPOSED, READY)) {
            assertThat(accepted(ChangeSetRules.edit(set, CONTENTS, List.of(MERGED))))
                    .containsExactly(edited);
        }
        assertThat(refused(ChangeSetRules.edit(VERSIONED, CONTENTS, List.of(MERGED)), "change-set.state")
                        .message())
                .isEqualTo("Change set 'Set c1' is VERSIONED in v1.0.0 and cannot be edited");
    }

    @Test
    void a_proposed_set_waits_for_review_where_one_is_needed() {
        assertThat(accepted(ChangeSetRules.propose(DRAFT, List.of(OPEN), ChangeSetReview.NEEDED)))
                .containsExactly(new ChangeSetEvent.Proposed());
        assertThat(accepted(ChangeSetRules.propose(DRAFT, List.of(MERGED), ChangeSetReview.NOT_NEEDED)))
                .containsExactly(new ChangeSetEvent.Readied());
        assertThat(refused(
                                ChangeSetRules.propose(DRAFT, List.of(MERGED, OPEN), ChangeSetReview.NOT_NEEDED),
                                "change-set.unmerged")
                        .message())
                .isEqualTo("Change set 'Set c1' is not ready: #8 is not merged yet");
        refused(ChangeSetRules.propose(READY, List.of(MERGED), ChangeSetReview.NEEDED), "change-set.state");
        ChangeSet empty = changeSet("c1", ChangeType.FIX, List.of());
        refused(ChangeSetRules.propose(empty, List.of(), ChangeSetReview.NEEDED), "change-set.empty");
    }

    @Test
    void another_person_approves_when_everything_is_merged() {
        assertThat(accepted(ChangeSetRules.approve(PROPOSED, List.of(MERGED), BOB)))
                .containsExactly(new ChangeSetEvent.Readied());
        refused(ChangeSetRules.approve(PROPOSED, List.of(MERGED), ALICE), "change-set.review.self");
        refused(ChangeSetRules.approve(PROPOSED, List.of(MERGED), ROBOT), "change-set.review.self");
        ChangeSet proposedByBob = ChangeSetMachine.MACHINE.fold(
                DRAFT.id(), Optional.of(DRAFT), new ChangeSetEvent.Proposed(), by(BOB, ""));
        refused(ChangeSetRules.approve(proposedByBob, List.of(MERGED), BOB), "change-set.review.self");
        assertThat(refused(
                                ChangeSetRules.approve(PROPOSED, List.of(OPEN, candidate(9, new Progress.Open())), BOB),
                                "change-set.unmerged")
                        .message())
                .contains("#8, #9 are not merged yet");
        assertThat(refused(ChangeSetRules.approve(DRAFT, List.of(MERGED), BOB), "change-set.state")
                        .allowed())
                .containsExactly("propose");
    }

    @Test
    void what_is_proposed_can_be_sent_back_and_what_is_not_versioned_abandoned() {
        assertThat(accepted(ChangeSetRules.sendBack(PROPOSED))).containsExactly(new ChangeSetEvent.SentBack());
        refused(ChangeSetRules.sendBack(DRAFT), "change-set.state");
        for (ChangeSet set : List.of(DRAFT, PROPOSED, READY)) {
            assertThat(accepted(ChangeSetRules.abandon(set))).containsExactly(new ChangeSetEvent.Abandoned());
        }
        refused(ChangeSetRules.abandon(VERSIONED), "change-set.state");
    }

    @Test
    void only_a_ready_set_goes_into_a_version() {
        assertThat(accepted(ChangeSetRules.version(READY, "v1.0.0")))
                .containsExactly(new ChangeSetEvent.Versioned("v1.0.0"));
        refused(ChangeSetRules.version(DRAFT, "v1.0.0"), "change-set.state");
        refused(ChangeSetRules.version(VERSIONED, "v1.0.1"), "change-set.state");
    }

    @Test
    void folding_keeps_who_made_it_and_replaces_what_was_edited() {
        ChangeSet edited = ChangeSetMachine.MACHINE.fold(
                DRAFT.id(),
                Optional.of(READY),
                new ChangeSetEvent.Edited("New", "words", ChangeType.DOCS, List.of(9L)),
                by(BOB, ""));
        assertThat(edited)
                .isEqualTo(new ChangeSet(
                        new ChangeSetId("c1"),
                        "New",
                        "words",
                        ChangeType.DOCS,
                        List.of(9L),
                        ALICE,
                        NOON,
                        new ChangeSetState.Draft()));
        assertThat(PROPOSED.state()).isEqualTo(new ChangeSetState.PendingReview(ALICE, NOON));
        assertThat(READY.state()).isEqualTo(new ChangeSetState.Ready(ALICE, NOON));
        assertThat(READY.name()).isEqualTo("Set c1");
        assertThat(VERSIONED.state()).isEqualTo(new ChangeSetState.Versioned("v1.0.0", NOON));
        assertThat(fold(PROPOSED, new ChangeSetEvent.SentBack()).state()).isEqualTo(new ChangeSetState.Draft());
        assertThat(fold(VERSIONED, new ChangeSetEvent.Unversioned("v1.0.0")).state())
                .isEqualTo(new ChangeSetState.Ready(BOB, NOON));
        assertThat(fold(DRAFT, new ChangeSetEvent.Abandoned()).state())
                .isEqualTo(new ChangeSetState.Abandoned(BOB, "why", NOON));
    }

    private static ChangeSet fold(ChangeSet set, ChangeSetEvent event) {
        return ChangeSetMachine.MACHINE.fold(set.id(), Optional.of(set), event, by(BOB, "why"));
    }

    @Test
    void a_fold_refuses_what_the_table_does_not_have() {
        assertThatThrownBy(() -> fold(DRAFT, new ChangeSetEvent.Versioned("v1.0.0")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No such transition: DRAFT --change-set.versioned--> VERSIONED");
        assertThatThrownBy(() -> ChangeSetMachine.MACHINE.fold(
                        DRAFT.id(), Optional.empty(), new ChangeSetEvent.Proposed(), by(BOB, "")))
                .hasMessageStartingWith("No change set c1 before ");
    }
}
