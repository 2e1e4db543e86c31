package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.MissingHotfixes;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges what a version brings without being asked to, and what it leaves behind.
 *
 * @param stowaways what to do with changes that ride along
 * @param missing what to do about hotfixes that do not
 */
public record Riders(Stowaways stowaways, MissingHotfixes missing) {
    private static final String ADOPTED = "Uncategorised";

    /** Whether a set was made for what rides along in a version, in the same transaction. */
    static boolean isAdopted(ChangeSet set, Version version) {
        return set.name().equals(ADOPTED) && set.createdAt().equals(version.createdAt());
    }

    /**
     * The proposal as it may be published.
     *
     * @throws RefusedException if a policy refuses it, naming everything
     */
    Proposal settle(UnitOfWork unit, Proposal proposal) {
        requireHotfixes(proposal);
        Attribution.Result attribution = proposal.attribution();
        boolean clean =
                attribution.stowaways().isEmpty() && attribution.unattributed().isEmpty();
        if (proposal.draft().previous().isEmpty() || clean) {
            return proposal;
        }
        return switch (stowaways) {
            case WARN -> proposal;
            case ADOPT -> adopt(unit, proposal);
            case FAIL ->
                throw new RefusedException(
                        "version.stowaways",
                        proposal.draft().number().uniqueTag(),
                        StowawayReport.text(proposal),
                        List.of("add them to a change set", "configure stowaways ADOPT or WARN"));
        };
    }

    private void requireHotfixes(Proposal proposal) {
        List<MissingHotfix> unexplained = proposal.draft().missingHotfixes().stream()
                .filter(hotfix -> hotfix.reason().isEmpty())
                .toList();
        if (missing == MissingHotfixes.FAIL && !unexplained.isEmpty()) {
            throw new RefusedException(
                    "version.missing-hotfix",
                    proposal.draft().number().uniqueTag(),
                    proposal.draft().number() + " has a missing hotfix: "
                            + String.join(
                                    ", ",
                                    unexplained.stream()
                                            .map(hotfix -> hotfix.number().tag())
                                            .toList()),
                    List.of("merge the hotfix", "say why the version goes without it"));
        }
    }

    private static Proposal adopt(UnitOfWork unit, Proposal proposal) {
        Attribution.Result attribution = proposal.attribution();
        attribution.stowaways().forEach(number -> requireFree(unit, proposal, number));
        ChangeSetId set = new ChangeSetId(unit.newId());
        unit.record(
                ChangeSetMachine.MACHINE,
                set,
                new ChangeSetEvent.Created(
                        ADOPTED,
                        StowawayReport.adopted(attribution.unattributed()),
                        ChangeType.OTHER,
                        List.copyOf(attribution.stowaways())),
                new ChangeSetEvent.Readied());
        return new Proposal(
                with(proposal.draft(), set),
                proposal.place(),
                proposal.manifest(),
                attribution.adopted(set),
                proposal.sets(),
                proposal.pullRequests());
    }

    /** Whoever made a set decides when it is released. */
    private static void requireFree(UnitOfWork unit, Proposal proposal, long number) {
        Optional<ChangeSet> other = Optional.ofNullable(proposal.pullRequests().get(number))
                .map(PullRequest::id)
                .flatMap(unit.committed()::changeSetOf)
                .map(unit::get);
        if (other.isPresent()) {
            throw new RefusedException(
                    "version.stowaway-taken",
                    proposal.draft().number().uniqueTag(),
                    proposal.draft().number() + " would bring pull request #" + number + ", which is in change set '"
                            + other.get().name() + "' (" + other.get().id() + ")",
                    List.of("publish that change set too", "take the pull request out of it"));
        }
    }

    private static VersionEvent.Drafted with(VersionEvent.Drafted draft, ChangeSetId set) {
        return new VersionEvent.Drafted(
                draft.number(),
                draft.bump(),
                draft.bumpReason(),
                draft.commit(),
                draft.previous(),
                Stream.concat(draft.changeSets().stream(), Stream.of(set)).toList(),
                draft.pullRequests(),
                draft.manifest(),
                draft.items(),
                draft.changedItems(),
                draft.notes(),
                draft.hotfix(),
                draft.missingHotfixes());
    }
}
