package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.source.PullRequestMachine;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.source.CheckRunner;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.Stored;
import java.util.List;
import java.util.Optional;

/** Stage 1: pull requests. */
public final class PullRequests {
    private final Wiring wiring;
    private final Actor actor;

    PullRequests(Wiring wiring, Actor actor) {
        this.wiring = wiring;
        this.actor = actor;
    }

    /**
     * Reads what has changed at the provider. Idempotent; safe on several nodes at once.
     *
     * @return numbers of the pull requests that were new or different
     */
    public List<Long> synchronize() {
        return wiring.sync().synchronize();
    }

    /** The table: pull requests that touch at least one item, newest first. */
    public Page<PullRequest> list(PipelineFilter filter, PageRequest page) {
        return wiring.store().tables().pullRequests(filter, page);
    }

    /** One pull request as it was last read. */
    public PullRequest get(long number) {
        return wiring.engine().get(id(number));
    }

    /** One pull request as it is now at the provider, with its activity. */
    public PullRequestDetail details(long number) {
        return wiring.source().pullRequest(number);
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
        PullRequest before = wiring.sync().save(details(number).pullRequest());
        requireApproved(before);
        MergeOutcome outcome = wiring.source()
                .merge(new MergeRequest(
                        number, expectedHead, method, actor, wiring.engine().now()));
        if (outcome instanceof MergeOutcome.Merged merged) {
            PullRequest after = wiring.sync().save(details(number).pullRequest());
            if (before.merged().isEmpty()) {
                recordMerge(number, new PullRequestEvent.Merged(expectedHead, merged.range()));
            }
            return after;
        }
        if (outcome instanceof MergeOutcome.Queued) {
            return before;
        }
        throw new RefusedException("pull-request.merge", id(number).reference(), why(number, outcome), List.of());
    }

    /** Asks the provider to run the checks of the head again. */
    public void runChecks(long number) {
        wiring.access().require(actor, Permission.MERGE, wiring.source().repository());
        PullRequest pullRequest = get(number);
        Optional<String> refusal = wiring.source() instanceof CheckRunner runner
                ? runner.runChecks(number, pullRequest.head())
                : Optional.of("its provider cannot run checks again");
        refusal.ifPresent(why -> {
            throw new RefusedException(
                    "pull-request.checks",
                    id(number).reference(),
                    "The checks of pull request #" + number + " were not started: " + why,
                    List.of());
        });
        record(number, new PullRequestEvent.ChecksStarted(pullRequest.head()));
    }

    private void requireApproved(PullRequest pullRequest) {
        PullRequestStatus status = pullRequest.status();
        if (status != PullRequestStatus.APPROVED && status != PullRequestStatus.MERGED) {
            throw new RefusedException(
                    "pull-request.not-approved",
                    pullRequest.id().reference(),
                    "Pull request #" + pullRequest.number() + " is " + status + " and cannot be merged",
                    List.of("Review"));
        }
    }

    /** Unless somebody who merged at the same moment has recorded it; asks again as long as others record other things. */
    private void recordMerge(long number, PullRequestEvent.Merged event) {
        PullRequestId id = id(number);
        boolean recorded = false;
        while (!recorded) {
            Optional<ChainHead> before = head(wiring.engine().reader(), id);
            recorded = wiring.store().audit().of(id).stream()
                            .anyMatch(record -> record.event() instanceof PullRequestEvent.Merged)
                    || wiring.engine().execute(actor, Optional.empty(), unit -> {
                        boolean same = head(unit.committed(), id).equals(before);
                        if (same) {
                            unit.record(PullRequestMachine.MACHINE, id, event);
                        }
                        return same;
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

    private static String why(long number, MergeOutcome outcome) {
        String prefix = "Pull request #" + number + " was not merged: ";
        if (outcome instanceof MergeOutcome.HeadMoved moved) {
            return prefix + "its head is now " + moved.actualHead();
        }
        if (outcome instanceof MergeOutcome.Conflict conflict) {
            return prefix + "it conflicts with the base branch in " + conflict.paths();
        }
        return prefix + (outcome instanceof MergeOutcome.NotAllowed refused ? refused.reason() : outcome);
    }

    private PullRequestId id(long number) {
        return new PullRequestId(wiring.source().repository(), number);
    }
}
