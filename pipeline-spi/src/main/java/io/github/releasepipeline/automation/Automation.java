package io.github.releasepipeline.automation;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.VersionId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the first matching rule does with one merge.
 *
 * @param id the merge
 * @param rule the rule as it was when the merge was observed
 * @param passedOver labels of the other rules that matched, in the order of their declaration
 * @param mergedBy who merged, if known
 * @param mergedAt when
 * @param changeSet the set that the pull request is in
 * @param version the version that was made of that set
 * @param releases the releases that were asked for, in the order of the rule's environments
 * @param state how far it is
 */
public record Automation(
        AutomationId id,
        AutoChangeSetRule rule,
        List<String> passedOver,
        Optional<String> mergedBy,
        Instant mergedAt,
        ChangeSetId changeSet,
        Optional<VersionId> version,
        List<ReleaseId> releases,
        AutomationState state) {
    /** Copies the lists. */
    public Automation {
        passedOver = List.copyOf(passedOver);
        releases = List.copyOf(releases);
    }

    /** Who makes its version and asks for its releases: the rule, on behalf of who merged. */
    public Actor actor() {
        return mergedBy.map(rule.actor()::onBehalfOf).orElse(rule.actor());
    }

    /** What keeps it from going on; empty if nothing does, if it waits for its release only, and once it has ended. */
    public Optional<String> obstacle() {
        if (state instanceof AutomationState.Versioning versioning) {
            return versioning.obstacle();
        }
        return state instanceof AutomationState.Deploying deploying ? deploying.obstacle() : Optional.empty();
    }
}
