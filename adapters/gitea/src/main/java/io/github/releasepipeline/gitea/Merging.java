package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Orders a merge and finds out what became of it. */
final class Merging {
    private final String repository;
    private final Rest rest;
    private final PullApi api;
    private final PullReader reader;
    private final Waits waits;
    private final Supplier<ServerVersion> version;

    /** @param version asked when an order is written */
    Merging(
            String repository,
            Rest rest,
            PullApi api,
            PullReader reader,
            Waits waits,
            Supplier<ServerVersion> version) {
        this.repository = repository;
        this.rest = rest;
        this.api = api;
        this.reader = reader;
        this.waits = waits;
        this.version = version;
    }

    MergeOutcome merge(MergeRequest request) {
        PullRow pull = pull(request);
        return settled(pull, request).orElseGet(() -> order(pull, request));
    }

    /** The outcome if there is nothing to order: another head, merged, closed or not ready. */
    private Optional<MergeOutcome> settled(PullRow pull, MergeRequest request) {
        if (pull.head().isEmpty()) {
            return Optional.of(new MergeOutcome.NotAllowed("The server has lost the commits of #" + pull.number()));
        }
        CommitId head = pull.head().get();
        if (!head.equals(request.expectedHead())) {
            return Optional.of(new MergeOutcome.HeadMoved(head));
        }
        if (pull.merged()) {
            return Optional.of(merged(pull));
        }
        if (!pull.open()) {
            return Optional.of(new MergeOutcome.NotAllowed("#" + pull.number() + " is closed"));
        }
        return pull.draft()
                ? Optional.of(new MergeOutcome.NotAllowed("#" + pull.number() + " is a draft"))
                : Optional.empty();
    }

    private MergeOutcome order(PullRow pull, MergeRequest request) {
        String style = MergeStyle.of(request, pull);
        ServerVersion server = version.get();
        String reason = "";
        for (int attempt = 0; attempt < Waits.MOST; attempt++) {
            MergeAnswer answer = send(pull, request, style, server);
            if (!(answer instanceof MergeAnswer.TryLater later)) {
                return outcome(answer, request);
            }
            reason = later.reason();
            waits.before(attempt);
        }
        PullRow now = pull(request);
        String why = reason;
        return settled(now, request).orElseGet(() -> stuck(now, why));
    }

    private MergeAnswer send(PullRow pull, MergeRequest request, String style, ServerVersion server) {
        Rest there = rest.named(pull.fullName());
        try {
            Reply reply = there.send(there.call("POST", "/pulls/{}/merge", pull.number())
                    .json(MergeStyle.order(style, request.expectedHead(), server))
                    .accept(404, 405, 409, 423));
            return MergeAnswer.of(reply.status(), reply.text());
        } catch (AdapterException lost) {
            if (lost.retryable() && isMerged(pull.number())) {
                return new MergeAnswer.Done();
            }
            throw lost;
        }
    }

    /** Whether the order whose answer was lost has been carried out. */
    private boolean isMerged(long number) {
        for (int attempt = 0; attempt < 2; attempt++) {
            waits.before(attempt);
            if (api.pull(number).filter(PullRow::merged).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private MergeOutcome outcome(MergeAnswer answer, MergeRequest request) {
        if (answer instanceof MergeAnswer.Scheduled) {
            return new MergeOutcome.Queued("The server merges when the checks have passed");
        }
        if (answer instanceof MergeAnswer.Conflict conflict) {
            return new MergeOutcome.Conflict(conflict.paths());
        }
        // Somebody may have merged or pushed between our look and our order.
        Optional<MergeOutcome> now = settled(pull(request), request);
        if (answer instanceof MergeAnswer.Refused refused) {
            return now.filter(outcome -> !(outcome instanceof MergeOutcome.NotAllowed))
                    .orElseGet(() -> new MergeOutcome.NotAllowed(refused.reason()));
        }
        return now.orElseGet(() -> answer instanceof MergeAnswer.Done
                ? new MergeOutcome.Queued("The server has taken the order and has not merged yet")
                : new MergeOutcome.NotAllowed("The server sees another head than it shows; try again"));
    }

    private MergeOutcome merged(PullRow pull) {
        PullRow told = reader.settled(pull);
        return told.mergeCommit().isEmpty()
                ? new MergeOutcome.Queued("Merged, but the server does not tell the commit yet")
                : reader.range(told)
                        .<MergeOutcome>map(MergeOutcome.Merged::new)
                        .orElseGet(() -> new MergeOutcome.Queued("Merged, but the server does not tell from where"));
    }

    /**
     * The server says "later" for conflicts too. Then both sides have changed some file; where that cannot be looked up, a
     * conflict is likelier than a look at it that takes so long.
     */
    private MergeOutcome stuck(PullRow pull, String reason) {
        if (pull.mergeable()) {
            return new MergeOutcome.NotAllowed(reason);
        }
        Optional<List<String>> theirs =
                pull.mergeBase().flatMap(base -> pull.baseTip().flatMap(tip -> api.changedPaths(base, tip)));
        if (theirs.isEmpty()) {
            return new MergeOutcome.Conflict(List.of());
        }
        List<String> both = api.files(pull.number()).stream()
                .flatMap(file -> Stream.of(file.before(), file.after()).flatMap(Optional::stream))
                .filter(theirs.get()::contains)
                .distinct()
                .toList();
        return both.isEmpty() ? new MergeOutcome.NotAllowed(reason) : new MergeOutcome.Conflict(both);
    }

    private PullRow pull(MergeRequest request) {
        return api.pull(request.number())
                .orElseThrow(() -> new NotFoundException("pull request", repository + "#" + request.number()));
    }
}
