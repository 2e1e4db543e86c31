package io.github.releasepipeline.version;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An immutable snapshot of the whole set of items at one commit. What changed item by item is kept beside it: see
 * {@link ChangeAttribution}.
 *
 * @param id its id
 * @param number its number; the tag follows from it
 * @param bump which part was incremented
 * @param bumpReason why that part
 * @param commit the tagged commit
 * @param previous the version before it on its line
 * @param changeSets what it was made from
 * @param pullRequests numbers of all pull requests it brings since {@code previous}, stowaways included
 * @param manifest digest of the manifest
 * @param items how many items of each kind the manifest holds
 * @param changedItems how many items of each kind changed since {@code previous}
 * @param notes release notes in Markdown
 * @param hotfix what it corrects, if it was made on the hotfix lane
 * @param missingHotfixes earlier hotfixes of its line that it does not contain
 * @param createdBy who made it
 * @param createdAt when
 * @param deliveredBy id of the release that first brought it, or a later version on its line, to production
 * @param state how far it is
 */
public record Version(
        VersionId id,
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
        List<MissingHotfix> missingHotfixes,
        Actor createdBy,
        Instant createdAt,
        Optional<String> deliveredBy,
        VersionState state) {
    /** Copies the lists. */
    public Version {
        missingHotfixes = List.copyOf(missingHotfixes);
        changeSets = List.copyOf(changeSets);
        pullRequests = List.copyOf(pullRequests);
    }

    /** Whether it was published before this pipeline was there, and found as a tag: it has no change sets. */
    public boolean isImported() {
        return bump == Bump.IMPORTED;
    }

    /** The message of the annotated tag: the first line of the notes, and the manifest's digest. */
    public String tagMessage() {
        String title = notes.lines()
                .map(line -> line.replaceFirst("^#+\\s*", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("Release " + number.tag());
        return title + "\n\n" + MANIFEST_TRAILER + ": " + manifest + "\n";
    }

    /** Name of the tag message's trailer that carries the manifest's digest. */
    public static final String MANIFEST_TRAILER = "Manifest";
}
