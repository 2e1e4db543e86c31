package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a version would be.
 *
 * @param draft its contents
 * @param place where its number stands
 * @param manifest all items
 * @param attribution what changed, and where it came from
 * @param sets what it is made from, in the order asked for
 * @param pullRequests the pull requests it brings, by number
 */
public record Proposal(
        VersionEvent.Drafted draft,
        Place place,
        Manifest manifest,
        Attribution.Result attribution,
        List<ChangeSet> sets,
        Map<Long, PullRequest> pullRequests) {
    /**
     * Where a number stands on its line.
     *
     * @param below the version with the greatest number below it
     * @param above the version with the smallest number above it; absent for a number at the line's head
     */
    public record Place(Optional<VersionId> below, Optional<VersionId> above) {}
}
