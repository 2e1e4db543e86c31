package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetAction;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.changeset.ChangeSetActions;
import io.github.releasepipeline.core.changeset.ChangeSetRules;
import io.github.releasepipeline.core.changeset.NetChanges;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads change sets together with what belongs to them. */
final class ChangeSetReading {
    private final Wiring wiring;
    private final Actor actor;

    ChangeSetReading(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /** The members of all rows at once, not row by row. */
    Page<ChangeSetRow> list(PipelineFilter filter, PageRequest request) {
        Page<ChangeSet> page = wiring.store().tables().changeSets(filter, request);
        Map<Long, PullRequest> members = known(
                page.rows().stream().flatMap(set -> set.pullRequests().stream()).collect(Collectors.toSet()));
        return new Page<>(
                page.rows().stream()
                        .map(set -> new ChangeSetRow(set, counts(in(set, members))))
                        .toList(),
                page.next());
    }

    ChangeSetDetails details(ChangeSetId id) {
        ChangeSet set = wiring.engine().get(id);
        Map<Long, PullRequest> members = known(set.pullRequests());
        List<PullRequest> inOrder = in(set, members);
        List<AuditRecord> history = wiring.store().audit().of(id);
        return new ChangeSetDetails(
                set,
                inOrder,
                NetChanges.of(inOrder),
                reviews(history),
                history,
                version(set),
                inOrder.stream()
                        .flatMap(pr -> automation(wiring.engine().reader(), pr).stream())
                        .filter(automation -> automation.changeSet().equals(id))
                        .toList(),
                actions(set, members));
    }

    /** What rules did with a merge. */
    static Optional<Automation> automation(PipelineReader reader, PullRequest pullRequest) {
        return pullRequest
                .merged()
                .map(range -> new AutomationId(pullRequest.id(), range.merge()))
                .flatMap(reader::find)
                .map(Stored::snapshot);
    }

    private Set<ChangeSetAction> actions(ChangeSet set, Map<Long, PullRequest> members) {
        List<ChangeSetRules.Candidate> candidates = set.pullRequests().stream()
                .map(number -> new ChangeSetRules.Candidate(
                        number, Optional.ofNullable(members.get(number)), Optional.of(set)))
                .toList();
        return ChangeSetActions.of(set, candidates, wiring.review(), actor);
    }

    private Optional<Version> version(ChangeSet set) {
        return set.state() instanceof ChangeSetState.Versioned versioned
                ? wiring.engine().reader().versionTagged(versioned.tag()).map(wiring.engine()::get)
                : Optional.empty();
    }

    private Map<Long, PullRequest> known(Collection<Long> numbers) {
        String repository = wiring.source().repository();
        Set<PullRequestId> ids = numbers.stream()
                .map(number -> new PullRequestId(repository, number))
                .collect(Collectors.toSet());
        return wiring.store().tables().pullRequests(ids).stream()
                .collect(Collectors.toMap(PullRequest::number, Function.identity()));
    }

    private static List<PullRequest> in(ChangeSet set, Map<Long, PullRequest> members) {
        return set.pullRequests().stream()
                .flatMap(number -> Optional.ofNullable(members.get(number)).stream())
                .toList();
    }

    private static ItemCounts counts(List<PullRequest> members) {
        return ItemCounts.of(NetChanges.of(members).stream()
                .map(change -> change.id().kind())
                .toList());
    }

    /** What makes a proposed set ready or a draft, without changing it, is a review. */
    private static List<ChangeSetDetails.Review> reviews(List<AuditRecord> history) {
        List<ChangeSetDetails.Review> reviews = new ArrayList<>();
        boolean proposed = false;
        for (AuditRecord record : history) {
            if (proposed && record.event() instanceof ChangeSetEvent.Readied) {
                reviews.add(review(ChangeSetDetails.Review.Verdict.APPROVED, record));
            } else if (record.event() instanceof ChangeSetEvent.SentBack) {
                reviews.add(review(ChangeSetDetails.Review.Verdict.SENT_BACK, record));
            }
            proposed = record.event() instanceof ChangeSetEvent.Proposed;
        }
        return reviews;
    }

    private static ChangeSetDetails.Review review(ChangeSetDetails.Review.Verdict verdict, AuditRecord record) {
        return new ChangeSetDetails.Review(
                verdict,
                record.stamp().actor(),
                record.stamp().at(),
                record.stamp().reason());
    }
}
