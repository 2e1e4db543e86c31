package io.github.releasepipeline.automation;

import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can happen while a rule deals with a merge. */
public sealed interface AutomationEvent extends DomainEvent {
    /**
     * The rule put the pull request into a set.
     *
     * @param rule the rule
     * @param passedOver labels of the other rules that matched
     * @param mergedBy who merged, if known
     * @param mergedAt when
     * @param changeSet the set
     */
    record Matched(
            AutoChangeSetRule rule,
            List<String> passedOver,
            Optional<String> mergedBy,
            Instant mergedAt,
            ChangeSetId changeSet)
            implements AutomationEvent {
        /** Copies the list. */
        public Matched {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * The pull request was in a set already, and was left there.
     *
     * @param rule the rule that would have taken it
     * @param passedOver labels of the other rules that matched
     * @param mergedBy who merged, if known
     * @param mergedAt when
     * @param changeSet the set it is in
     */
    record LeftAlone(
            AutoChangeSetRule rule,
            List<String> passedOver,
            Optional<String> mergedBy,
            Instant mergedAt,
            ChangeSetId changeSet)
            implements AutomationEvent {
        /** Copies the list. */
        public LeftAlone {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * It cannot go on for now; it is tried again.
     *
     * @param reason why
     */
    record Obstructed(String reason) implements AutomationEvent {}

    /**
     * Its version is published.
     *
     * @param version which
     */
    record Versioned(VersionId version) implements AutomationEvent {}

    /**
     * It asked for a release.
     *
     * @param environment where to
     * @param release the release
     */
    record ReleaseRequested(EnvironmentName environment, ReleaseId release) implements AutomationEvent {}

    /**
     * Its release succeeded.
     *
     * @param environment where
     * @param release the release
     */
    record Delivered(EnvironmentName environment, ReleaseId release) implements AutomationEvent {}

    /**
     * The rest is left to people.
     *
     * @param reason why
     */
    record Stopped(String reason) implements AutomationEvent {}
}
