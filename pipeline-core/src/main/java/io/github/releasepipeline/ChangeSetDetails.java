package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A change set with everything that belongs to it.
 *
 * @param set the change set
 * @param members its pull requests as they were last read, in its order
 * @param changes what they change together: an item that they create and delete again is left out, and so is what was
 *     reverted
 * @param reviews what reviewers said, oldest first
 * @param history who did what and when, oldest first
 * @param version the version it is in
 * @param automations what automatic rules do with its members
 * @param actions what the actor who asks can do with it now, as far as rules and not permissions decide
 */
public record ChangeSetDetails(
        ChangeSet set,
        List<PullRequest> members,
        List<ChangedItem> changes,
        List<Review> reviews,
        List<AuditRecord> history,
        Optional<Version> version,
        List<Automation> automations,
        Set<ChangeSetAction> actions) {
    /**
     * What a reviewer said.
     *
     * @param verdict yes or no
     * @param by who
     * @param at when
     * @param reason why it was sent back
     */
    public record Review(Verdict verdict, Actor by, Instant at, Optional<String> reason) {
        /** Yes or no. */
        public enum Verdict {
            /** It is ready to be versioned. */
            APPROVED,
            /** It was sent back. */
            SENT_BACK
        }
    }

    /** Copies the collections. */
    public ChangeSetDetails {
        members = List.copyOf(members);
        changes = List.copyOf(changes);
        reviews = List.copyOf(reviews);
        history = List.copyOf(history);
        automations = List.copyOf(automations);
        actions = Set.copyOf(actions);
    }

    /** The changes by kind. */
    public ItemCounts itemsChanged() {
        return ItemCounts.of(changes.stream().map(change -> change.id().kind()).toList());
    }
}
