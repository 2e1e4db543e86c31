package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState.Kind;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a set when its pull requests go on without it. */
class ChangeSetMembersTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void several_pull_requests_of_a_set_are_versioned_and_deployed_together() {
        // given
        Pipeline pipeline = fixture.start();
        List<Long> members = List.of(fixture.merged(pipeline), fixture.merged(pipeline), fixture.merged(pipeline));
        ChangeSet set = pipeline.as(ALICE)
                .changeSets()
                .create("Invoice Processing v2", editor -> members.forEach(number -> editor.pullRequests(number)));
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        fixture.deployed(pipeline, version, "development");
        // then
        assertThat(version.pullRequests()).containsExactlyInAnyOrderElementsOf(members);
        for (long number : members) {
            assertThat(fixture.development.read(
                            TestForge.item(TestForge.path(number), new byte[0]).id()))
                    .isPresent();
        }
    }

    @Test
    void a_draft_whose_pull_requests_were_all_merged_meanwhile_can_be_proposed() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = open(pipeline, 1, 2);
        fixture.forge.mergeThere(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().propose(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#2 is not merged yet");
        // when
        fixture.forge.mergeThere(2);
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind()).isEqualTo(Kind.DRAFT);
        assertThat(pipeline.as(ALICE).changeSets().propose(set.id()).state().kind())
                .isEqualTo(Kind.READY);
    }

    @Test
    void a_proposed_set_whose_pull_requests_were_all_merged_meanwhile_can_be_approved() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.changeSetReview(ChangeSetReview.NEEDED));
        ChangeSet set = open(pipeline, 1);
        pipeline.as(ALICE).changeSets().propose(set.id());
        assertThatThrownBy(() -> pipeline.as(BOB).changeSets().approve(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#1 is not merged yet");
        // when
        fixture.forge.mergeThere(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(pipeline.as(BOB).changeSets().approve(set.id()).state().kind())
                .isEqualTo(Kind.READY);
    }

    @Test
    void a_member_that_was_closed_meanwhile_keeps_the_set_from_being_ready_until_it_is_taken_out() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = open(pipeline, 1, 2);
        fixture.forge.mergeThere(1);
        PullRequest open = fixture.forge.current(2);
        fixture.forge.put(Samples.with(open, new Progress.Closed(fixture.clock.instant()), open.updatedAt()));
        pipeline.as(ALICE).pullRequests().synchronize();
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().propose(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#2 is closed without a merge");
        pipeline.as(ALICE).changeSets().edit(set.id(), editor -> editor.without(2));
        assertThat(pipeline.as(ALICE).changeSets().propose(set.id()).state().kind())
                .isEqualTo(Kind.READY);
    }

    @Test
    void a_member_that_was_reverted_stays_listed_and_its_items_drop_out() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        long member = set.pullRequests().get(0);
        PullRequest merged = fixture.forge.current(member);
        // when
        fixture.forge.put(Samples.changing(merged, merged.items(), Optional.of("#999")));
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        ChangeSetDetails details = pipeline.as(ALICE).changeSets().details(set.id());
        assertThat(details.set()).isEqualTo(set);
        assertThat(details.members())
                .singleElement()
                .satisfies(pr -> assertThat(pr.revertedBy()).contains("#999"));
        assertThat(details.itemsChanged()).hasToString("no items");
    }

    @Test
    void a_versioned_set_is_frozen() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        long another = fixture.merged(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().edit(set.id(), editor -> editor.pullRequests(another)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("is VERSIONED in " + version.number());
        assertThatThrownBy(() -> pipeline.as(ALICE).changeSets().abandon(set.id(), "too late"))
                .isInstanceOf(RefusedException.class);
    }

    private ChangeSet open(Pipeline pipeline, long... numbers) {
        for (long number : numbers) {
            fixture.forge.open(number);
        }
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline.as(ALICE).changeSets().create("Later", editor -> editor.pullRequests(numbers));
    }
}
