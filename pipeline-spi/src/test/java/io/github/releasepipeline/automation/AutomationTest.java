package io.github.releasepipeline.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutomationTest {
    private static final CommitId MERGE = new CommitId("0123456789012345678901234567890123456789");
    private static final AutomationId ID = new AutomationId(new PullRequestId("acme/flows", 342), MERGE);
    private static final AutoChangeSetRule RULE = AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging");
    private static final EnvironmentName STAGING = new EnvironmentName("staging");

    @Test
    void its_id_is_the_merge() {
        assertThat(ID.reference()).isEqualTo("automation:acme/flows#342@" + MERGE.hex());
        assertThat(ID).hasToString(ID.value());
    }

    @Test
    void it_acts_for_whoever_merged() {
        assertThat(in(Optional.of("dave"), new AutomationState.Done(Instant.EPOCH))
                        .actor())
                .isEqualTo(RULE.actor().onBehalfOf("dave"));
        assertThat(in(Optional.empty(), new AutomationState.Done(Instant.EPOCH)).actor())
                .isEqualTo(RULE.actor());
    }

    @Test
    void an_obstacle_is_there_only_while_it_is_under_way() {
        assertThat(obstacle(new AutomationState.Versioning(Optional.of("x")))).contains("x");
        assertThat(obstacle(new AutomationState.Versioning(Optional.empty()))).isEmpty();
        assertThat(obstacle(new AutomationState.Deploying(STAGING, Optional.empty(), Optional.of("y"))))
                .contains("y");
        assertThat(obstacle(new AutomationState.Done(Instant.EPOCH))).isEmpty();
        assertThat(obstacle(new AutomationState.Stopped("z", Instant.EPOCH))).isEmpty();
    }

    @Test
    void versioning_and_deploying_are_under_way() {
        assertThat(Arrays.stream(AutomationState.Kind.values()).filter(AutomationState.Kind::isUnderWay))
                .containsExactly(AutomationState.Kind.VERSIONING, AutomationState.Kind.DEPLOYING);
        assertThat(new AutomationState.Versioning(Optional.empty()).kind()).isEqualTo(AutomationState.Kind.VERSIONING);
        assertThat(new AutomationState.Deploying(STAGING, Optional.empty(), Optional.empty()).kind())
                .isEqualTo(AutomationState.Kind.DEPLOYING);
        assertThat(new AutomationState.Done(Instant.EPOCH).kind()).isEqualTo(AutomationState.Kind.DONE);
        assertThat(new AutomationState.Stopped("z", Instant.EPOCH).kind()).isEqualTo(AutomationState.Kind.STOPPED);
    }

    @Test
    void lists_are_copied() {
        List<String> labels = new ArrayList<>(List.of("a"));
        List<ReleaseId> releases = new ArrayList<>();
        Automation automation = new Automation(
                ID,
                RULE,
                labels,
                Optional.empty(),
                Instant.EPOCH,
                new ChangeSetId("cs-1"),
                Optional.empty(),
                releases,
                new AutomationState.Done(Instant.EPOCH));
        AutomationEvent.Matched matched =
                new AutomationEvent.Matched(RULE, labels, Optional.empty(), Instant.EPOCH, new ChangeSetId("cs-1"));
        AutomationEvent.LeftAlone left =
                new AutomationEvent.LeftAlone(RULE, labels, Optional.empty(), Instant.EPOCH, new ChangeSetId("cs-1"));
        labels.add("b");
        releases.add(new ReleaseId("r"));
        assertThat(automation.passedOver()).containsExactly("a");
        assertThat(automation.releases()).isEmpty();
        assertThat(matched.passedOver()).containsExactly("a");
        assertThat(left.passedOver()).containsExactly("a");
    }

    @Test
    void events_have_stable_names() {
        assertThat(DomainEvent.name(AutomationEvent.ReleaseRequested.class)).isEqualTo("automation.release-requested");
    }

    @Test
    void actions_of_a_change_set_have_the_words_of_their_buttons() {
        assertThat(Arrays.stream(ChangeSetAction.values()).map(ChangeSetAction::label))
                .containsExactly("Edit", "Propose", "Approve", "Send back", "Abandon", "Create version");
    }

    private static Optional<String> obstacle(AutomationState state) {
        return in(Optional.empty(), state).obstacle();
    }

    private static Automation in(Optional<String> mergedBy, AutomationState state) {
        return new Automation(
                ID,
                RULE,
                List.of(),
                mergedBy,
                Instant.EPOCH,
                new ChangeSetId("cs-1"),
                Optional.empty(),
                List.of(),
                state);
    }
}
