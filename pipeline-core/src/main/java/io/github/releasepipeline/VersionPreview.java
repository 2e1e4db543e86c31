package io.github.releasepipeline;

import io.github.releasepipeline.core.version.Proposal;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.NotesWarning;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Optional;

/**
 * What a version would be.
 *
 * @param number its number
 * @param bump which part would be incremented
 * @param bumpReason why that part
 * @param commit the commit that would be tagged
 * @param previous the version before it
 * @param manifest digest of its manifest
 * @param items counts of the manifest
 * @param changes every changed item with its origins
 * @param stowaways numbers of pull requests that would ride along
 * @param missingHotfixes earlier hotfixes of its line that it would not contain
 * @param notes its notes
 * @param warnings what its notes do not fulfil; one that FAILs refuses the version
 */
public record VersionPreview(
        VersionNumber number,
        Bump bump,
        String bumpReason,
        CommitId commit,
        Optional<VersionId> previous,
        Digest manifest,
        ItemCounts items,
        List<ChangeAttribution> changes,
        List<Long> stowaways,
        List<MissingHotfix> missingHotfixes,
        String notes,
        List<NotesWarning> warnings) {
    static VersionPreview of(Proposal proposal, List<NotesWarning> warnings) {
        return new VersionPreview(
                proposal.draft().number(),
                proposal.draft().bump(),
                proposal.draft().bumpReason(),
                proposal.draft().commit(),
                proposal.draft().previous(),
                proposal.draft().manifest(),
                proposal.draft().items(),
                proposal.attribution().changes(),
                List.copyOf(proposal.attribution().stowaways()),
                proposal.draft().missingHotfixes(),
                proposal.draft().notes(),
                warnings);
    }
}
