package io.github.releasepipeline;

import static io.github.releasepipeline.Merges.HOTFIX;
import static io.github.releasepipeline.Merges.INVOICES;
import static io.github.releasepipeline.Merges.automation;
import static io.github.releasepipeline.Merges.following;
import static io.github.releasepipeline.Merges.merge;
import static io.github.releasepipeline.Merges.observe;
import static io.github.releasepipeline.Merges.onlySet;
import static io.github.releasepipeline.Merges.sets;
import static io.github.releasepipeline.Merges.stoppedBecause;
import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.PullRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Automatic change sets, as far as they only group. */
class AutoGroupingTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_pull_request_with_a_matching_label_is_added_to_the_corresponding_change_set_when_it_is_merged() {
        // given
        Pipeline pipeline = following(fixture, INVOICES, HOTFIX);
        fixture.forge.put(Samples.labelled(fixture.forge.open(342), "invoice-processing"));
        pipeline.as(ALICE).pullRequests().synchronize();
        assertThat(sets(pipeline)).isEmpty();
        // when
        fixture.forge.mergeThere(342);
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        ChangeSet set = onlySet(pipeline);
        assertThat(set.name()).isEqualTo("Invoice Processing Changes");
        assertThat(set.pullRequests()).containsExactly(342L);
        assertThat(set.createdBy()).isEqualTo(Actor.rule("label:invoice-processing"));
        assertThat(set.state()).isEqualTo(new ChangeSetState.Ready(INVOICES.actor(), set.createdAt()));
        assertThat(automation(pipeline, 342).state().kind()).isEqualTo(AutomationState.Kind.DONE);
        fixture.auditIsIntact();
    }

    @Test
    void a_merge_from_here_is_observed_too() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        fixture.forge.put(Samples.labelled(fixture.forge.open(1), "invoice-processing"));
        pipeline.as(ALICE).pullRequests().synchronize();
        // when
        pipeline.as(ALICE).pullRequests().merge(1);
        // then
        assertThat(onlySet(pipeline).pullRequests()).containsExactly(1L);
    }

    @Test
    void a_pull_request_without_a_matching_label_is_left_to_people() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        // when
        observe(fixture, pipeline, 1, "Invoice-Processing", "bug");
        // then
        assertThat(sets(pipeline)).isEmpty();
        assertThat(pipeline.as(ALICE).changeSets().automation(1)).isEmpty();
    }

    @Test
    void merges_one_after_the_other_and_together_join_the_newest_set_of_the_rule_that_is_not_versioned() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        observe(fixture, pipeline, 1, "invoice-processing");
        merge(fixture, 2, "invoice-processing");
        merge(fixture, 3, "invoice-processing");
        pipeline.as(ALICE).pullRequests().synchronize();
        // when
        ChangeSet first = onlySet(pipeline);
        pipeline.as(ALICE).versions().publish(first.id());
        observe(fixture, pipeline, 4, "invoice-processing");
        // then
        assertThat(first.pullRequests()).containsExactly(1L, 2L, 3L);
        assertThat(first.state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        assertThat(sets(pipeline))
                .extracting(ChangeSet::pullRequests)
                .containsExactlyInAnyOrder(List.of(1L, 2L, 3L), List.of(4L));
    }

    @Test
    void a_set_of_a_person_with_the_same_name_is_not_joined() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        ChangeSet byHand = pipeline.as(ALICE).changeSets().create(INVOICES.changeSetName(), set -> {});
        // when
        observe(fixture, pipeline, 1, "invoice-processing");
        // then
        assertThat(pipeline.as(ALICE).changeSets().get(byHand.id()).pullRequests())
                .isEmpty();
        assertThat(sets(pipeline)).hasSize(2);
    }

    @Test
    void of_several_matching_rules_the_first_declared_takes_it_and_the_others_are_recorded() {
        // given
        AutoChangeSetRule other = AutoChangeSetRule.grouping("bug", "Bugs");
        Pipeline pipeline = following(fixture, INVOICES, other, AutoChangeSetRule.grouping("ui", "Pages"));
        // when
        observe(fixture, pipeline, 1, "ui", "bug", "invoice-processing");
        // then
        assertThat(onlySet(pipeline).name()).isEqualTo("Invoice Processing Changes");
        assertThat(automation(pipeline, 1).rule()).isEqualTo(INVOICES);
        assertThat(automation(pipeline, 1).passedOver()).containsExactly("bug", "ui");
        assertThat(fixture.memory.audit().of(automation(pipeline, 1).id()))
                .singleElement()
                .satisfies(record -> assertThat(((AutomationEvent.Matched) record.event()).passedOver())
                        .containsExactly("bug", "ui"));
    }

    @Test
    void a_pull_request_that_is_in_a_set_is_left_there_and_that_is_recorded() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        fixture.forge.put(Samples.labelled(fixture.forge.open(1), "invoice-processing"));
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet byHand = pipeline.as(ALICE).changeSets().create("By hand", set -> set.pullRequests(1));
        // when
        fixture.forge.mergeThere(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(onlySet(pipeline)).isEqualTo(byHand);
        assertThat(automation(pipeline, 1).changeSet()).isEqualTo(byHand.id());
        assertThat(stoppedBecause(automation(pipeline, 1))).isEqualTo("it was in a change set already");
        assertThat(fixture.memory.audit().of(automation(pipeline, 1).id()))
                .singleElement()
                .satisfies(record -> assertThat(record.event().name()).isEqualTo("automation.left-alone"));
    }

    @Test
    void a_merge_that_is_told_again_changes_nothing_also_after_its_set_was_abandoned() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        observe(fixture, pipeline, 1, "invoice-processing");
        ChangeSet set = onlySet(pipeline);
        pipeline.as(BOB).changeSets().abandon(set.id(), "not now");
        // when
        fixture.clock.advance(Duration.ofMinutes(1));
        PullRequest merged = fixture.forge.current(1);
        fixture.forge.put(Samples.titled(merged, "Another title", fixture.clock.instant()));
        pipeline.as(ALICE).pullRequests().synchronize();
        fixture.forge.put(Samples.labelled(fixture.forge.current(1), "invoice-processing", "more"));
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(onlySet(pipeline).state().kind()).isEqualTo(ChangeSetState.Kind.ABANDONED);
    }

    @Test
    void the_labels_count_at_the_instant_in_which_the_merge_is_observed() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        observe(fixture, pipeline, 1);
        // when
        fixture.forge.put(Samples.labelled(fixture.forge.current(1), "invoice-processing"));
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(pipeline.as(ALICE).pullRequests().get(1).labels()).containsExactly("invoice-processing");
        assertThat(sets(pipeline)).isEmpty();
    }

    @Test
    void a_stale_answer_does_not_open_what_was_merged_within_the_same_second() {
        // given
        Pipeline pipeline = following(fixture, INVOICES);
        PullRequest open = Samples.labelled(fixture.forge.open(1), "invoice-processing");
        fixture.forge.put(open);
        fixture.forge.mergeThere(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        // when
        fixture.forge.put(open);
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(pipeline.as(ALICE).pullRequests().get(1).merged()).isPresent();
    }

    @Test
    void what_the_first_complete_synchronisation_finds_merged_is_history() {
        // given
        for (int number = 1; number <= 150; number++) {
            merge(fixture, number, "invoice-processing");
        }
        Pipeline pipeline = fixture.start(wiring -> wiring.autoChangeSetRules(INVOICES));
        // when
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(pipeline.as(ALICE).pullRequests().get(150).merged()).isPresent();
        assertThat(sets(pipeline)).isEmpty();
        observe(fixture, pipeline, 151, "invoice-processing");
        assertThat(onlySet(pipeline).pullRequests()).containsExactly(151L);
    }

    @Test
    void a_merge_that_is_older_than_the_pipeline_is_history_whenever_it_is_told() {
        // given
        merge(fixture, 1, "invoice-processing");
        PullRequest old = fixture.forge.current(1);
        PipelineFixture another = new PipelineFixture();
        another.clock.advance(Duration.ofDays(1));
        // when
        try (another) {
            Pipeline pipeline = following(another, INVOICES);
            another.forge.put(old);
            pipeline.as(ALICE).pullRequests().synchronize();
            // then
            assertThat(pipeline.as(ALICE).pullRequests().get(1).merged()).isPresent();
            assertThat(sets(pipeline)).isEmpty();
        }
    }

    @Test
    void where_sets_need_a_review_a_rule_proposes_its_set_again_with_each_member() {
        // given
        Pipeline pipeline =
                fixture.start(wiring -> wiring.autoChangeSetRules(INVOICES).changeSetReview(ChangeSetReview.NEEDED));
        pipeline.as(ALICE).pullRequests().synchronize();
        observe(fixture, pipeline, 1, "invoice-processing");
        ChangeSet set = onlySet(pipeline);
        // when
        assertThat(set.state().kind()).isEqualTo(ChangeSetState.Kind.PENDING_REVIEW);
        pipeline.as(BOB).changeSets().approve(set.id());
        observe(fixture, pipeline, 2, "invoice-processing");
        // then
        assertThat(onlySet(pipeline).state().kind()).isEqualTo(ChangeSetState.Kind.PENDING_REVIEW);
        assertThat(onlySet(pipeline).pullRequests()).containsExactly(1L, 2L);
    }

    @Test
    void two_nodes_that_see_the_same_merges_at_the_same_moment_put_each_into_one_set() throws Exception {
        for (int round = 0; round < 20; round++) {
            try (PipelineFixture both = new PipelineFixture()) {
                Pipeline first = following(both, INVOICES);
                Pipeline second = following(both, INVOICES);
                for (int number = 1; number <= 5; number++) {
                    merge(both, number, "invoice-processing");
                }
                CountDownLatch go = new CountDownLatch(1);
                ExecutorService threads = Executors.newFixedThreadPool(4);
                List<Future<List<Long>>> reading = new ArrayList<>();
                for (Pipeline pipeline : List.of(first, second, first, second)) {
                    reading.add(threads.submit(() -> {
                        PipelineFixture.await(go);
                        return pipeline.as(ALICE).pullRequests().synchronize();
                    }));
                }
                go.countDown();
                for (Future<List<Long>> one : reading) {
                    one.get();
                }
                threads.shutdown();
                assertThat(onlySet(first).pullRequests()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L);
                both.auditIsIntact();
            }
        }
    }
}
