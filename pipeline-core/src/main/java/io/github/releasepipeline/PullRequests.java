package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.source.MergeRules;
import io.github.releasepipeline.core.source.PullRequestMachine;
import io.github.releasepipeline.difference.ItemDifference;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.source.CheckRunner;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestAction;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Stage 1: pull requests. */
public final class PullRequests {
    private final Wiring wiring;
    private final Actor actor;

    PullRequests(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /**
     * Reads what has changed at the provider. Idempotent; safe on several nodes at once. Automatic rules take up the merges
     * that are new, in the same transaction; what they publish and deploy follows before this returns, and if it cannot be
     * done now, it is tried again by {@link Pipeline#maintain()}.
     *
     * @return numbers of the pull requests that were new or different
     */
    public List<Long> synchronize() {
        List<Long> changed = wiring.sync().synchronize();
        new Automations(wiring).begin();
        return changed;
    }

    /** The table: pull requests that touch at least one item, newest first. */
    public Page<PullRequest> list(PipelineFilter filter, PageRequest page) {
        return wiring.store().tables().pullRequests(filter, page);
    }

    /** One pull request as it was last read. */
    public PullRequest get(long number) {
        return wiring.engine().get(id(number));
    }

    /** One pull request as it is now at the provider, with everything that its page shows. */
    public PullRequestDetails details(long number) {
        PullRequestDetail now = wiring.source().pullRequest(number);
        return new PullRequestDetails(
                now.pullRequest(),
                now.description(),
                wiring.differences().noted(now.pullRequest()),
                now.activity(),
                actions(now.pullRequest()));
    }

    /**
     * How an item that a pull request changes differs, at the head that was last read. What cannot be compared (too large,
     * not JSON, binary) is told in the answer.
     *
     * @param path of the item, the old or the new one
     * @throws NotFoundException if the pull request changes no such item
     */
    public ItemDifference difference(long number, String path) {
        PullRequest pullRequest = get(number);
        ChangedItem item = pullRequest.items().stream()
                .filter(changed -> changed.paths().anyMatch(path::equals))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("item", path + "' among the changes of '#" + number));
        return wiring.differences().of(pullRequest, item);
    }

    /** What can be done with a pull request as it was last read, and what not and why. */
    public List<PullRequestAction> actions(long number) {
        return actions(get(number));
    }

    /**
     * Reads one pull request anew and saves it, as after a call of a web hook. The same as {@link #synchronize()} does for
     * all; idempotent, and what was read earlier never replaces what was read later.
     *
     * @return the pull request as it is now
     */
    public PullRequest refresh(long number) {
        PullRequest now = wiring.sync().refresh(number);
        new Automations(wiring).begin();
        return now;
    }

    /** Merges an approved pull request at the head that was last read. */
    public PullRequest merge(long number) {
        return merge(number, get(number).head(), Optional.empty());
    }

    /**
     * Merges a pull request if it is approved and its head is the one that was reviewed.
     *
     * @param expectedHead the head the caller has seen
     * @param method how; empty for the provider's default
     * @return the pull request as it is now; not merged yet if the provider queued it
     */
    public PullRequest merge(long number, CommitId expectedHead, Optional<MergeRequest.Method> method) {
        wiring.access().require(actor, Permission.MERGE, wiring.source().repository());
        PullRequest before = wiring.sync().refresh(number);
        MergeRules.mergeRefusal(before).ifPresent(why -> {
            throw notMerged(number, "pull-request.not-approved", why, List.of("Review"));
        });
        MergeOutcome outcome = wiring.source()
                .merge(new MergeRequest(
                        number, expectedHead, method, actor, wiring.engine().now()));
        if (outcome instanceof MergeOutcome.Merged merged) {
            PullRequest after = wiring.sync().refresh(number);
            if (before.merged().isEmpty()) {
                recordOnce(
                        number,
                        new PullRequestEvent.Merged(expectedHead, merged.range()),
                        PullRequestEvent.Merged.class::isInstance);
            }
            new Automations(wiring).begin();
            return after;
        }
        if (outcome instanceof MergeOutcome.Queued queued) {
            recordOnce(
                    number,
                    new PullRequestEvent.MergeQueued(expectedHead, queued.detail()),
                    event -> event instanceof PullRequestEvent.MergeQueued earlier
                            && earlier.head().equals(expectedHead));
            return refresh(number);
        }
        throw notMerged(number, "pull-request.merge", why(outcome), List.of());
    }

    /** Asks the provider to run the checks of the head again. */
    public void runChecks(long number) {
        wiring.access().require(actor, Permission.MERGE, wiring.source().repository());
        PullRequest pullRequest = get(number);
        Optional<String> refusal = MergeRules.checksRefusal(pullRequest, wiring.source() instanceof CheckRunner)
                .or(() -> ((CheckRunner) wiring.source()).runChecks(number, pullRequest.head()));
        refusal.ifPresent(why -> {
            throw new RefusedException(
                    "pull-request.checks",
                    id(number).reference(),
                    "The checks of pull request #" + number + " were not started: " + why,
                    List.of());
        });
        record(number, new PullRequestEvent.ChecksStarted(pullRequest.head()));
    }

    private List<PullRequestAction> actions(PullRequest pullRequest) {
        return MergeRules.actions(
                pullRequest,
                wiring.source() instanceof CheckRunner,
                wiring.access().refusal(actor, Permission.MERGE, wiring.source().repository()));
    }

    /** Unless somebody who did the same at the same moment has recorded it; asks again as long as others record. */
    private void recordOnce(long number, PullRequestEvent event, Predicate<DomainEvent> same) {
        PullRequestId id = id(number);
        boolean recorded = false;
        while (!recorded) {
            Optional<ChainHead> before = head(wiring.engine().reader(), id);
            recorded = wiring.store().audit().of(id).stream().anyMatch(record -> same.test(record.event()))
                    || wiring.engine().execute(actor, Optional.empty(), unit -> {
                        boolean unchanged = head(unit.committed(), id).equals(before);
                        if (unchanged) {
                            unit.record(PullRequestMachine.MACHINE, id, event);
                        }
                        return unchanged;
                    });
        }
    }

    private static Optional<ChainHead> head(PipelineReader reader, PullRequestId id) {
        return reader.find(id).map(Stored::head);
    }

    private void record(long number, PullRequestEvent event) {
        wiring.engine()
                .execute(actor, Optional.empty(), unit -> unit.record(PullRequestMachine.MACHINE, id(number), event));
    }

    private RefusedException notMerged(long number, String rule, String why, List<String> allowed) {
        return new RefusedException(
                rule, id(number).reference(), "Pull request #" + number + " was not merged: " + why, allowed);
    }

    private static String why(MergeOutcome outcome) {
        if (outcome instanceof MergeOutcome.HeadMoved moved) {
            return "its head is now " + moved.actualHead();
        }
        if (outcome instanceof MergeOutcome.Conflict conflict) {
            return "it conflicts with the base branch in " + conflict.paths();
        }
        return outcome instanceof MergeOutcome.NotAllowed refused ? refused.reason() : outcome.toString();
    }

    private PullRequestId id(long number) {
        return new PullRequestId(wiring.source().repository(), number);
    }
}
