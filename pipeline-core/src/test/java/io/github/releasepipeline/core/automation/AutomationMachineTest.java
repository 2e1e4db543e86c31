package io.github.releasepipeline.core.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.core.machine.TransitionTable.Edge;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.VersionId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AutomationMachineTest {
    private static final AutomationId ID = new AutomationId(new PullRequestId(Sample.REPOSITORY, 1), Sample.commit(7));
    private static final ChangeSetId SET = new ChangeSetId("cs-1");
    private static final VersionId VERSION = new VersionId("v-1");
    private static final ReleaseId FIRST = new ReleaseId("r-1");
    private static final ReleaseId SECOND = new ReleaseId("r-2");

    private static final AutomationEvent VERSIONED = new AutomationEvent.Versioned(VERSION);
    private static final AutomationEvent OBSTRUCTED = new AutomationEvent.Obstructed("not now");
    private static final AutomationEvent STOPPED = new AutomationEvent.Stopped("no");
    private static final AutomationEvent REQUESTED = new AutomationEvent.ReleaseRequested(Sample.STAGING, FIRST);
    private static final AutomationEvent DELIVERED = new AutomationEvent.Delivered(Sample.STAGING, FIRST);

    @Test
    void a_rule_that_only_groups_is_done_with_the_match() {
        Automation automation = last(matched(AutoChangeSetRule.grouping("a", "A")));
        assertThat(automation.state()).isEqualTo(new AutomationState.Done(Sample.NOW));
        assertThat(automation.changeSet()).isEqualTo(SET);
        assertThat(automation.passedOver()).containsExactly("other");
        assertThat(automation.mergedBy()).contains("dave");
        assertThat(automation.mergedAt()).isEqualTo(Sample.NOW.minusSeconds(5));
        assertThat(automation.id()).isEqualTo(ID);
    }

    @Test
    void what_was_in_a_set_is_left_to_people() {
        Automation automation = last(new AutomationEvent.LeftAlone(
                AutoChangeSetRule.versioning("a", "A"), List.of(), Optional.empty(), Sample.NOW, SET));
        assertThat(automation.state())
                .isEqualTo(new AutomationState.Stopped("it was in a change set already", Sample.NOW));
        assertThat(automation.actor())
                .isEqualTo(AutoChangeSetRule.grouping("a", "A").actor());
        assertThat(automation.changeSet()).isEqualTo(SET);
    }

    @Test
    void a_rule_that_versions_is_done_with_the_version() {
        List<Automation> course = course(matched(AutoChangeSetRule.versioning("a", "A")), OBSTRUCTED, VERSIONED);
        assertThat(course.get(0).state()).isEqualTo(new AutomationState.Versioning(Optional.empty()));
        assertThat(course.get(1).obstacle()).contains("not now");
        assertThat(course.get(2).state()).isEqualTo(new AutomationState.Done(Sample.NOW));
        assertThat(course.get(2).version()).contains(VERSION);
        assertThat(course.get(2).obstacle()).isEmpty();
    }

    @Test
    void a_rule_that_deploys_goes_from_environment_to_environment() {
        List<Automation> course = course(
                matched(AutoChangeSetRule.versioning("a", "A", "staging", "production")),
                VERSIONED,
                OBSTRUCTED,
                REQUESTED,
                DELIVERED,
                new AutomationEvent.ReleaseRequested(Sample.PRODUCTION, SECOND),
                new AutomationEvent.Delivered(Sample.PRODUCTION, SECOND));
        assertThat(course)
                .extracting(Automation::state)
                .containsExactly(
                        new AutomationState.Versioning(Optional.empty()),
                        new AutomationState.Deploying(Sample.STAGING, Optional.empty(), Optional.empty()),
                        new AutomationState.Deploying(Sample.STAGING, Optional.empty(), Optional.of("not now")),
                        new AutomationState.Deploying(Sample.STAGING, Optional.of(FIRST), Optional.empty()),
                        new AutomationState.Deploying(Sample.PRODUCTION, Optional.empty(), Optional.empty()),
                        new AutomationState.Deploying(Sample.PRODUCTION, Optional.of(SECOND), Optional.empty()),
                        new AutomationState.Done(Sample.NOW));
        assertThat(course.get(2).obstacle()).contains("not now");
        assertThat(course.get(6).releases()).containsExactly(FIRST, SECOND);
        assertThat(course.get(6).version()).contains(VERSION);
        assertThat(course.get(6).actor().onBehalfOf()).contains("dave");
    }

    @Test
    void it_stops_from_wherever_it_is_under_way() {
        AutomationEvent matched = matched(AutoChangeSetRule.versioning("a", "A", "staging"));
        assertThat(last(matched, STOPPED).state()).isEqualTo(new AutomationState.Stopped("no", Sample.NOW));
        assertThat(last(matched, VERSIONED, STOPPED).state()).isEqualTo(new AutomationState.Stopped("no", Sample.NOW));
    }

    @Test
    void nothing_follows_the_end_and_nothing_comes_before_the_match() {
        AutomationEvent matched = matched(AutoChangeSetRule.versioning("a", "A"));
        for (AutomationEvent late : List.of(STOPPED, OBSTRUCTED, VERSIONED, REQUESTED, DELIVERED)) {
            assertThatThrownBy(() -> course(matched, STOPPED, late)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> course(matched, VERSIONED, late)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> course(late))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before");
        }
        assertThatThrownBy(() -> course(matched, matched))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already");
    }

    @Test
    void every_edge_of_the_table_is_visited() {
        AutomationEvent versions = matched(AutoChangeSetRule.versioning("a", "A"));
        AutomationEvent deploys = matched(AutoChangeSetRule.versioning("a", "A", "staging", "production"));
        AutomationEvent left = new AutomationEvent.LeftAlone(
                AutoChangeSetRule.versioning("a", "A"), List.of(), Optional.empty(), Sample.NOW, SET);
        Set<Edge<?>> visited = new LinkedHashSet<>();
        for (AutomationEvent[] course : new AutomationEvent[][] {
            {left},
            {matched(AutoChangeSetRule.grouping("a", "A"))},
            {versions, OBSTRUCTED, VERSIONED},
            {versions, STOPPED},
            {
                deploys,
                VERSIONED,
                OBSTRUCTED,
                REQUESTED,
                DELIVERED,
                new AutomationEvent.ReleaseRequested(Sample.PRODUCTION, SECOND),
                new AutomationEvent.Delivered(Sample.PRODUCTION, SECOND)
            },
            {deploys, VERSIONED, STOPPED}
        }) {
            Optional<AutomationState.Kind> before = Optional.empty();
            List<Automation> states = course(course);
            for (int i = 0; i < course.length; i++) {
                AutomationState.Kind after = states.get(i).state().kind();
                visited.add(new Edge<>(before, course[i].getClass(), after));
                before = Optional.of(after);
            }
        }
        assertThat(visited).isEqualTo(AutomationMachine.TABLE.edges());
    }

    private static AutomationEvent matched(AutoChangeSetRule rule) {
        return new AutomationEvent.Matched(
                rule, List.of("other"), Optional.of("dave"), Sample.NOW.minusSeconds(5), SET);
    }

    private static Automation last(AutomationEvent... events) {
        List<Automation> course = course(events);
        return course.get(course.size() - 1);
    }

    private static List<Automation> course(AutomationEvent... events) {
        List<Automation> course = new ArrayList<>();
        Optional<Automation> before = Optional.empty();
        for (AutomationEvent event : events) {
            Automation after = AutomationMachine.MACHINE.fold(ID, before, event, Sample.stamp(Sample.ALICE));
            course.add(after);
            before = Optional.of(after);
        }
        return course;
    }
}
