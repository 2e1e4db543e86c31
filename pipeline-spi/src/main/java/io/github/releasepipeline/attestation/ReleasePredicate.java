package io.github.releasepipeline.attestation;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.ReviewSummary;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is stated of a version.
 *
 * @param repository the name under which the repository is known
 * @param version the tag
 * @param commit the tagged commit
 * @param manifest digest of the manifest, which follows from the statement's subjects
 * @param previous tag of the version before it
 * @param changeSets what it was made from
 * @param pullRequests what it brings, by number
 * @param builder what made the version: this library
 * @param createdBy who had it made
 * @param createdAt when its number was taken
 */
public record ReleasePredicate(
        String repository,
        String version,
        CommitId commit,
        Digest manifest,
        Optional<String> previous,
        List<IncludedSet> changeSets,
        List<IncludedPullRequest> pullRequests,
        URI builder,
        Actor createdBy,
        Instant createdAt) {
    /** Copies the lists. */
    public ReleasePredicate {
        changeSets = List.copyOf(changeSets);
        pullRequests = List.copyOf(pullRequests);
    }

    /**
     * A change set of the version.
     *
     * @param id its id
     * @param name its name
     * @param type its type
     * @param pullRequests numbers of its members
     * @param createdBy who made it
     */
    public record IncludedSet(ChangeSetId id, String name, ChangeType type, List<Long> pullRequests, Actor createdBy) {
        /** Copies the list. */
        public IncludedSet {
            pullRequests = List.copyOf(pullRequests);
        }

        /** What is stated of a change set. */
        public static IncludedSet of(ChangeSet set) {
            return new IncludedSet(set.id(), set.name(), set.type(), set.pullRequests(), set.createdBy());
        }
    }

    /**
     * A pull request of the version, as it was known when the version was published.
     *
     * @param number its number
     * @param title its title
     * @param author who wrote it
     * @param mergeCommit where it came to the base branch
     * @param head the commit that was reviewed
     * @param review the reviews of that commit
     */
    public record IncludedPullRequest(
            long number,
            String title,
            String author,
            Optional<CommitId> mergeCommit,
            CommitId head,
            ReviewSummary review) {
        /** What is stated of a pull request. */
        public static IncludedPullRequest of(PullRequest pr) {
            return new IncludedPullRequest(
                    pr.number(), pr.title(), pr.author(), pr.merged().map(MergedRange::merge), pr.head(), pr.review());
        }
    }
}
