package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState.Kind;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeSetTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_set_of_merged_pull_requests_is_ready_at_once() {
        // given
        Pipeline pipeline = fixture.start();
        // when / then
        assertThat(fixture.changeSet(pipeline).state().kind()).isEqualTo(Kind.READY);
    }

    @Test
    void a_set_with_an_open_pull_request_is_a_draft_until_it_is_merged_and_proposed() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.forge.open(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Later", editor -> editor.pullRequests(1));
        // when / then
        assertThat(set.state().kind()).isEqualTo(Kind.DRAFT);
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().propose(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#1 is not merged yet");
        pipeline.as(ALICE).pullRequests().merge(1);
        assertThat(pipeline.as(ALICE).changeSets().propose(set.id()).state().kind())
                .isEqualTo(Kind.READY);
    }

    @Test
    void a_pull_request_is_in_one_set_only_and_the_error_names_the_other() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet first = fixture.changeSet(pipeline);
        long member = first.pullRequests().get(0);
        // when / then
        assertThatThrownBy(() -> pipeline.as(BOB).changeSets().create("Second", set -> set.pullRequests(member)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(first.name())
                .hasMessageContaining(first.id().value());
        pipeline.as(ALICE).changeSets().abandon(first.id(), "other plans");
        ChangeSet second = pipeline.as(BOB).changeSets().create("Second", set -> set.pullRequests(member));
        assertThat(second.state().kind()).isEqualTo(Kind.READY);
    }

    @Test
    void sets_made_at_once_share_no_pull_request() throws Exception {
        // given
        Pipeline pipeline = fixture.start();
        long member = fixture.merged(pipeline);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<ChangeSet>> made = new ArrayList<>();
        // when
        for (int i = 0; i < 8; i++) {
            String name = "Set " + i;
            made.add(threads.submit(() -> {
                PipelineFixture.await(go);
                return pipeline.as(ALICE).changeSets().create(name, set -> set.pullRequests(member));
            }));
        }
        go.countDown();
        // then
        int succeeded = 0;
        for (Future<ChangeSet> one : made) {
            try {
                one.get();
                succeeded++;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(RefusedException.class);
            }
        }
        threads.shutdown();
        assertThat(succeeded).isEqualTo(1);
    }

    @Test
    void an_unknown_and_a_closed_pull_request_are_refused() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.forge.put(Samples.with(
                fixture.forge.open(1),
                new PullRequest.Progress.Closed(fixture.clock.instant()),
                fixture.clock.instant()));
        pipeline.as(ALICE).pullRequests().synchronize();
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().create("Set", set -> set.pullRequests(1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#1 was closed");
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().create("Set", set -> set.pullRequests(2)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#2 is not known");
    }

    @Test
    void a_versioned_set_is_frozen() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        pipeline.as(ALICE).versions().publish(set.id());
        ChangeSets sets = pipeline.as(ALICE).changeSets();
        // when / then
        assertThatThrownBy(() -> sets.edit(set.id(), editor -> editor.name("Other")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("VERSIONED in v0.1.0");
        assertThatThrownBy(() -> sets.abandon(set.id(), "no")).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> sets.propose(set.id())).isInstanceOf(RefusedException.class);
    }

    @Test
    void an_edited_set_is_a_draft_again() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        long another = fixture.merged(pipeline);
        // when
        ChangeSet edited = pipeline.as(BOB)
                .changeSets()
                .edit(
                        set.id(),
                        editor -> editor.pullRequests(another)
                                .without(set.pullRequests().get(0)));
        // then
        assertThat(edited.state().kind()).isEqualTo(Kind.DRAFT);
        assertThat(edited.pullRequests()).containsExactly(another);
        assertThat(edited.createdBy()).isEqualTo(ALICE);
    }

    @Test
    void a_review_needs_a_person_other_than_the_creator() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.changeSetReview(ChangeSetReview.NEEDED));
        ChangeSet set = fixture.changeSet(pipeline);
        ChangeSets sets = pipeline.as(ALICE).changeSets();
        // when / then
        assertThat(set.state().kind()).isEqualTo(Kind.DRAFT);
        assertThatThrownBy(() -> pipeline.as(BOB).changeSets().approve(set.id()))
                .isInstanceOf(RefusedException.class);
        assertThat(sets.propose(set.id()).state().kind()).isEqualTo(Kind.PENDING_REVIEW);
        assertThatThrownBy(() -> sets.approve(set.id())).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> pipeline.as(Actor.service("bot")).changeSets().approve(set.id()))
                .isInstanceOf(RefusedException.class);
        assertThat(pipeline.as(BOB)
                        .changeSets()
                        .sendBack(set.id(), "split it")
                        .state()
                        .kind())
                .isEqualTo(Kind.DRAFT);
        sets.propose(set.id());
        assertThat(pipeline.as(BOB).changeSets().approve(set.id()).state().kind())
                .isEqualTo(Kind.READY);
        fixture.auditIsIntact();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines", "bell\u0007", "nul\u0000", "esc\u001b[31m"})
    void a_name_that_is_no_line_of_text_is_refused(String name) {
        // given
        Pipeline pipeline = fixture.start();
        fixture.merged(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().create(name, set -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name of a change set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; DROP TABLE releases;--", "<script>alert(1)</script>", "名前 🚀", "[x](javascript:y)"})
    void a_hostile_name_is_kept_as_typed_and_harmless_in_release_notes(String name) {
        // given
        Pipeline pipeline = fixture.start();
        long member = fixture.merged(pipeline);
        // when
        ChangeSet set = pipeline.as(ALICE).changeSets().create(name, editor -> editor.pullRequests(member));
        String notes = pipeline.as(ALICE).versions().publish(set.id()).notes();
        // then
        assertThat(set.name()).isEqualTo(name);
        assertThat(notes).doesNotContain("<script>").doesNotContain("[x](").contains("# Version 0.1.0");
    }
}
