package io.github.releasepipeline.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.subject.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What can happen to a version. */
public sealed interface VersionEvent extends DomainEvent {
    /**
     * Its number was taken and its contents were fixed.
     *
     * @param number its number
     * @param bump which part was incremented
     * @param bumpReason why
     * @param commit the commit to tag
     * @param previous the version before it
     * @param changeSets what it is made from
     * @param pullRequests what it brings
     * @param manifest digest of its manifest
     * @param items counts of the manifest
     * @param changedItems counts of what changed
     * @param notes its notes
     * @param hotfix what it corrects, if it is a hotfix
     * @param missingHotfixes earlier hotfixes of its line that it does not contain
     */
    record Drafted(
            VersionNumber number,
            Bump bump,
            String bumpReason,
            CommitId commit,
            Optional<VersionId> previous,
            List<ChangeSetId> changeSets,
            List<Long> pullRequests,
            Digest manifest,
            ItemCounts items,
            ItemCounts changedItems,
            String notes,
            Optional<Hotfix> hotfix,
            List<MissingHotfix> missingHotfixes)
            implements VersionEvent {}

    /**
     * It was found as a tag that somebody had made before this pipeline was there.
     *
     * @param number its number
     * @param commit the tagged commit
     * @param previous the version before it
     * @param pullRequests what it brought
     * @param manifest digest of its manifest
     * @param items counts of the manifest
     * @param changedItems counts of what changed
     * @param notes the tag's message and what was merged
     * @param taggedBy who made the tag; for a lightweight tag, who had it imported
     * @param taggedAt when; for a lightweight tag, the time of the commit
     */
    record Imported(
            VersionNumber number,
            CommitId commit,
            Optional<VersionId> previous,
            List<Long> pullRequests,
            Digest manifest,
            ItemCounts items,
            ItemCounts changedItems,
            String notes,
            Actor taggedBy,
            Instant taggedAt)
            implements VersionEvent {}

    /**
     * The tag is there; it is available and immutable.
     *
     * @param attestation digest of the signed statement, where attestations are made
     */
    record Published(Optional<Digest> attestation) implements VersionEvent {
        /** Published without an attestation. */
        public Published() {
            this(Optional.empty());
        }
    }

    /**
     * Its notes do not fulfil what the policy demands of them, and it goes on.
     *
     * @param warnings at least one
     */
    record NotesWarned(List<NotesWarning> warnings) implements VersionEvent {
        /** Copies the list. */
        public NotesWarned {
            warnings = List.copyOf(warnings);
        }
    }

    /** No new deployments. */
    @SuppressWarnings("JavaLangClash") // always named with its family
    record Deprecated() implements VersionEvent {}

    /** Neither deployments nor rollback. */
    record Blocked() implements VersionEvent {}

    /**
     * It, or a later version on its line, reached production for the first time.
     *
     * @param release id of the release that brought it there
     */
    record Delivered(String release) implements VersionEvent {}

    /** Given up before it was published. */
    record Discarded() implements VersionEvent {}
}
