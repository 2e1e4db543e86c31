package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.gitea.PullReader.Reading;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequestDetail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What serves one call of the port: all of it has one deadline. */
final class Session {
    private final String repository;
    private final Server server;
    private final Rest rest;
    private final PullApi api;
    private final PullReader reader;
    private final Waits waits;

    Session(String repository, Server server, Rest rest, ItemPaths items, PullMemory memory, Waits waits) {
        this.repository = repository;
        this.server = server;
        this.rest = rest;
        this.api = new PullApi(rest, repository);
        this.reader = new PullReader(
                repository, api, items, memory, waits, rest.deadline().clock().instant());
        this.waits = waits;
    }

    int pageSize() {
        return rest.pageSize();
    }

    PullReader reader() {
        return reader;
    }

    Follower.Lists lists() {
        return new Follower.Lists() {
            @Override
            public PullPage page(String state, int page) {
                return api.page(state, page, rest.pageSize());
            }

            @Override
            public Optional<Instant> newest() {
                return api.page("all", 1, 1).newest();
            }

            @Override
            public int pageSize() {
                return rest.pageSize();
            }
        };
    }

    /** All that are open now. */
    List<PullRow> open(Follower follower) {
        Instant now = rest.deadline().clock().instant();
        return follower.step(Optional.of(FollowCursor.open(repository, now)), Integer.MAX_VALUE, now)
                .rows();
    }

    PullRequestDetail detail(long number) {
        PullRow row = pull(number);
        Reading read = reader.readFresh(row)
                .orElseThrow(() -> new NotFoundException("head commit of pull request", repository + "#" + number));
        return new PullRequestDetail(
                read.pullRequest(),
                row.body(),
                Timeline.activity(row, api.timeline(number), read.reviews(), read.statuses()));
    }

    Merging merging() {
        return new Merging(repository, rest, api, reader, waits, () -> server.version(rest.deadline()));
    }

    Optional<String> runChecks(long number, CommitId head) {
        PullRow row = pull(number);
        return row.head().equals(Optional.of(head))
                ? new RerunApi(rest.named(row.fullName())).runAgain(head, server.version(rest.deadline()))
                : Optional.of("The head of " + repository + "#" + number + " is "
                        + row.head().map(CommitId::abbreviated).orElse("lost") + " now");
    }

    CheckSummary checks(CommitId commit) {
        return Statuses.summary(api.statuses(commit), Protection.UNKNOWN);
    }

    TagApi tags() {
        return new TagApi(rest);
    }

    ReleaseApi releases() {
        return new ReleaseApi(rest);
    }

    private PullRow pull(long number) {
        return api.pull(number).orElseThrow(() -> new NotFoundException("pull request", repository + "#" + number));
    }
}
