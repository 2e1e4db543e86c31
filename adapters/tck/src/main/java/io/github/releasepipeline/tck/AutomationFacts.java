package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.PipelineSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Facts about what automatic rules look up. */
abstract class AutomationFacts extends LookUpFacts {
    private static final Actor RULE = Actor.rule("label:hotfix");
    private static final int THREADS = 4;

    // open change sets

    @Test
    void the_open_set_of_an_actor_is_the_newest_that_is_neither_versioned_nor_abandoned() {
        assertThat(store.reader().openChangeSetBy(RULE)).isEmpty();
        List<ChangeSetState> states = RichSamples.changeSetStates();
        for (int i = 0; i < states.size(); i++) {
            save(made("cs-" + i, RULE, i).state(states.get(i)).build());
        }

        assertThat(store.reader().openChangeSetBy(RULE)).contains(new ChangeSetId("cs-2"));
        save(made("cs-2", RULE, 2).abandoned().build());
        assertThat(store.reader().openChangeSetBy(RULE)).contains(new ChangeSetId("cs-1"));
        save(made("cs-1", RULE, 1).abandoned().build());
        assertThat(store.reader().openChangeSetBy(RULE)).contains(new ChangeSetId("cs-0"));
        save(made("cs-0", RULE, 0).abandoned().build());
        assertThat(store.reader().openChangeSetBy(RULE)).isEmpty();
    }

    @Test
    void a_set_of_another_actor_with_the_same_name_is_none_of_a_rules() {
        save(made("cs-1", Actor.user(RULE.id()), 0).build());
        save(made("cs-2", RULE.onBehalfOf("alice"), 1).build());

        assertThat(store.reader().openChangeSetBy(RULE)).isEmpty();
    }

    @Test
    void several_that_look_for_an_open_set_and_make_one_if_there_is_none_make_one() {
        List<Callable<ChangeSetId>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            ChangeSet mine = made("cs-" + thread, RULE, 0).build();
            threads.add(() -> retrying(session -> openOr(session, mine)));
        }

        Set<ChangeSetId> sets = new HashSet<>(atOnce(threads));

        assertThat(sets).hasSize(1);
        assertThat(store.reader().openChangeSetBy(RULE).map(Set::of)).contains(sets);
    }

    private static ChangeSetId openOr(PipelineSession session, ChangeSet mine) {
        Optional<ChangeSetId> open = session.openChangeSetBy(RULE);
        if (open.isEmpty()) {
            save(session, mine.id(), mine);
        }
        return open.orElse(mine.id());
    }

    private static ChangeSetSample made(String id, Actor by, int minute) {
        return Sample.changeSet(id).createdBy(by).createdAt(Sample.NOW.plus(Duration.ofMinutes(minute)));
    }

    // automations

    @Test
    void an_automation_in_any_state_is_found_as_it_was_saved() {
        RichSamples.automations().forEach(snapshot -> {
            save(snapshot.id(), snapshot);
            assertThat(store.reader().find(snapshot.id()).orElseThrow().snapshot())
                    .isEqualTo(snapshot);
        });
    }

    @Test
    void automations_under_way_are_told_in_the_order_of_their_merges() {
        List<Automation> all = new ArrayList<>(RichSamples.automations());
        List<Automation> underWay = all.stream()
                .filter(automation -> automation.state().kind().isUnderWay())
                .toList();
        Collections.reverse(all);
        all.forEach(automation -> save(automation.id(), automation));

        assertThat(store.tables().automationsUnderWay())
                .containsExactlyElementsOf(underWay)
                .hasSizeGreaterThan(1);
    }

    @Test
    void an_automation_that_ended_is_not_under_way() {
        Automation begun = RichSamples.automations().get(0);
        save(begun.id(), begun);
        save(begun.id(), RichSamples.in(begun, new AutomationState.Done(Sample.NOW)));

        assertThat(store.tables().automationsUnderWay()).isEmpty();
    }

    // pull requests

    @Test
    void pull_requests_are_found_by_many_ids_at_once() {
        List<PullRequest> rows = LongStream.of(1, 2, 3)
                .mapToObj(number -> Sample.pullRequest(number).items().build())
                .toList();
        rows.forEach(this::save);

        Set<PullRequestId> ids = new HashSet<>();
        LongStream.rangeClosed(2, 1_200).forEach(number -> ids.add(new PullRequestId(Sample.REPOSITORY, number)));
        ids.add(new PullRequestId("acme/other", 1));
        assertThat(store.tables().pullRequests(ids)).containsExactlyInAnyOrder(rows.get(1), rows.get(2));
        assertThat(store.tables().pullRequests(Set.of())).isEmpty();
    }
}
