package io.github.releasepipeline.store;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Optional;

/** What can be read of a pipeline, in one transaction or outside any. Thread-safe only outside a transaction. */
public interface PipelineReader extends Snapshots, VersionContents {
    /** The change set, not abandoned, that a pull request is a member of. */
    Optional<ChangeSetId> changeSetOf(PullRequestId pullRequest);

    /** The newest change set that this actor made and that is neither versioned nor abandoned. */
    Optional<ChangeSetId> openChangeSetBy(Actor creator);

    /** The version, not discarded, that has a tag without build metadata ({@link VersionNumber#uniqueTag()}). */
    Optional<VersionId> versionTagged(String uniqueTag);

    /**
     * The version, not discarded, with the greatest number on a line, in the order of {@link VersionNumber#precedence()}.
     *
     * <p>Within a transaction, this, {@link #versionBelow} and {@link #versionAbove} make others who ask for the same line wait
     * until it ends, or make the slower one a {@code ConcurrentUpdateException}: numbers are taken one at a time.
     */
    Optional<VersionId> newestVersion(String line);

    /** The version, not discarded, with the greatest number below a number, on the number's line. */
    Optional<VersionId> versionBelow(VersionNumber number);

    /** The version, not discarded, with the smallest number above a number, on the number's line. */
    Optional<VersionId> versionAbove(VersionNumber number);

    /**
     * The hotfixes of a line, not discarded, newest first.
     *
     * @param limit how many at most
     */
    List<VersionId> hotfixes(String line, int limit);
}
