package io.github.releasepipeline;

import static io.github.releasepipeline.Merges.INVOICES;
import static io.github.releasepipeline.Merges.following;
import static io.github.releasepipeline.Merges.observe;
import static io.github.releasepipeline.Merges.onlySet;
import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ChangeSetDetails.Review;
import io.github.releasepipeline.ChangeSetDetails.Review.Verdict;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table and the details of the specification's second stage. */
class ChangeSetDetailsTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_table_shows_name_pull_requests_items_changed_creator_and_status() {
        // given
        Pipeline pipeline = fixture.start();
        long one = fixture.merged(pipeline);
        long two = fixture.merged(pipeline);
        pipeline.as(ALICE).changeSets().create("Invoice processing v2", set -> set.pullRequests(two, one));
        // when
        ChangeSetRow row = rows(pipeline).get(0);
        // then
        assertThat(row.set().name()).isEqualTo("Invoice processing v2");
        assertThat(row.set().pullRequests()).containsExactly(two, one);
        assertThat(row.itemsChanged()).hasToString("2 workflows");
        assertThat(row.set().createdBy()).isEqualTo(ALICE);
        assertThat(row.set().state().kind()).isEqualTo(ChangeSetState.Kind.READY);
    }

    @Test
    void an_item_that_two_members_change_counts_once_in_the_table() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.forge.open(1, "workflows/same.json", "a");
        fixture.forge.mergeThere(1);
        fixture.forge.open(2, "workflows/same.json", "b");
        fixture.forge.mergeThere(2);
        pipeline.as(ALICE).pullRequests().synchronize();
        // when
        pipeline.as(ALICE).changeSets().create("Same", set -> set.pullRequests(1, 2));
        // then
        assertThat(rows(pipeline).get(0).itemsChanged()).hasToString("1 workflow");
    }

    @Test
    void items_changed_follow_an_open_member_as_it_is_read() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.forge.open(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        pipeline.as(ALICE).changeSets().create("Open", set -> set.pullRequests(1));
        assertThat(rows(pipeline).get(0).itemsChanged()).hasToString("1 workflow");
        // when
        PullRequest open = fixture.forge.current(1);
        fixture.forge.put(Samples.without(open));
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(rows(pipeline).get(0).itemsChanged()).hasToString("no items");
    }

    @Test
    void a_set_has_a_name_a_description_and_a_type() {
        // given
        Pipeline pipeline = fixture.start();
        // when
        ChangeSet set = pipeline.as(ALICE)
                .changeSets()
                .create(
                        "Invoice Processing v2",
                        editor -> editor.description("Improved invoice extraction and classification")
                                .type(ChangeType.FEATURE));
        // then
        assertThat(details(pipeline, set).set().description())
                .isEqualTo("Improved invoice extraction and classification");
        assertThat(details(pipeline, set).set().type()).isEqualTo(ChangeType.FEATURE);
    }

    @Test
    void details_show_the_members_as_they_were_last_read_and_what_they_change_together() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        long member = set.pullRequests().get(0);
        // when
        ChangeSetDetails details = details(pipeline, set);
        // then
        assertThat(details.members())
                .containsExactly(pipeline.as(ALICE).pullRequests().get(member));
        assertThat(details.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.id().path()).isEqualTo(TestForge.path(member)));
        assertThat(details.itemsChanged()).hasToString("1 workflow");
    }

    @Test
    void details_tell_who_did_what_and_when_and_what_reviewers_said() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.changeSetReview(ChangeSetReview.NEEDED));
        ChangeSet set = fixture.changeSet(pipeline);
        pipeline.as(ALICE).changeSets().propose(set.id());
        pipeline.as(BOB).changeSets().sendBack(set.id(), "split it");
        pipeline.as(ALICE).changeSets().propose(set.id());
        pipeline.as(CAROL).changeSets().approve(set.id());
        // when
        ChangeSetDetails details = details(pipeline, set);
        // then
        assertThat(details.reviews())
                .containsExactly(
                        new Review(Verdict.SENT_BACK, BOB, fixture.clock.instant(), Optional.of("split it")),
                        new Review(Verdict.APPROVED, CAROL, fixture.clock.instant(), Optional.empty()));
        assertThat(details.history())
                .extracting(record ->
                        record.event().name() + " by " + record.stamp().actor().id())
                .containsExactly(
                        "change-set.created by alice",
                        "change-set.proposed by alice",
                        "change-set.sent-back by bob",
                        "change-set.proposed by alice",
                        "change-set.readied by carol");
    }

    @Test
    void a_set_that_is_ready_without_a_review_has_no_review() {
        Pipeline pipeline = fixture.start();
        assertThat(details(pipeline, fixture.changeSet(pipeline)).reviews()).isEmpty();
    }

    @Test
    void details_name_the_version_that_a_set_is_in() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        assertThat(details(pipeline, set).version()).isEmpty();
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(details(pipeline, set).version()).contains(version);
    }

    @Test
    void details_tell_what_rules_do_with_the_members() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        observe(fixture, pipeline, 1, "invoice-processing");
        // when / then
        assertThat(details(pipeline, onlySet(pipeline)).automations()).containsExactly(Merges.automation(pipeline, 1));
    }

    @Test
    void actions_are_those_that_the_rules_would_accept() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.changeSetReview(ChangeSetReview.NEEDED));
        ChangeSets alice = pipeline.as(ALICE).changeSets();
        ChangeSet empty = alice.create("Empty", set -> {});
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThat(labels(pipeline, ALICE, empty)).containsExactly("Edit", "Abandon");
        assertThat(labels(pipeline, ALICE, set)).containsExactly("Edit", "Propose", "Abandon");
        alice.propose(set.id());
        assertThat(labels(pipeline, ALICE, set)).containsExactly("Edit", "Send back", "Abandon");
        assertThat(labels(pipeline, BOB, set)).containsExactly("Edit", "Approve", "Send back", "Abandon");
        pipeline.as(BOB).changeSets().approve(set.id());
        assertThat(labels(pipeline, ALICE, set)).containsExactly("Edit", "Abandon", "Create version");
        pipeline.as(ALICE).versions().publish(set.id());
        assertThat(labels(pipeline, ALICE, set)).isEmpty();
        alice.abandon(empty.id(), "nothing in it");
        assertThat(labels(pipeline, ALICE, empty)).isEmpty();
    }

    private static List<String> labels(Pipeline pipeline, Actor actor, ChangeSet set) {
        return pipeline.as(actor).changeSets().actions(set.id()).stream()
                .sorted()
                .map(ChangeSetAction::label)
                .toList();
    }

    private static List<ChangeSetRow> rows(Pipeline pipeline) {
        return pipeline.as(ALICE)
                .changeSets()
                .list(PipelineFilter.all(), PageRequest.first(10))
                .rows();
    }

    private static ChangeSetDetails details(Pipeline pipeline, ChangeSet set) {
        return pipeline.as(ALICE).changeSets().details(set.id());
    }
}
