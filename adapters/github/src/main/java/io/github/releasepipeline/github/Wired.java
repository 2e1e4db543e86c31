package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.ItemPaths;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestDetail;
import io.github.releasepipeline.source.PullRequestPage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parts that serve one repository. */
final class Wired {
    final Connection connection;
    private final String repository;
    private final GraphQl graphQl;
    private final NodeReader nodes;
    private final RestReader rest;
    private final RestChecks checks;
    private final Walk walk;
    private final Merging merging;

    Wired(Connection connection, String repository, List<ItemKind> kinds) {
        this.connection = connection;
        this.repository = repository;
        this.graphQl = new GraphQl(connection);
        ItemPaths paths = new ItemPaths(kinds);
        Files files = new Files(connection);
        Ranges ranges = new Ranges(connection);
        this.checks = new RestChecks(connection);
        this.nodes = new NodeReader(repository, paths, files, ranges, checks);
        this.rest = new RestReader(connection, repository, paths, files, ranges, checks);
        this.walk = new Walk(graphQl, nodes, new RestWalk(connection, rest));
        this.merging = new Merging(connection, ranges, new MergeQueue(graphQl));
    }

    PullRequestPage page(Cursor from, int limit) {
        return walk.page(from, limit, connection.deadline());
    }

    List<PullRequest> open() {
        Deadline deadline = connection.deadline();
        Map<Long, PullRequest> open = new LinkedHashMap<>();
        Cursor at = Cursor.walk(repository, Instant.EPOCH).at(Cursor.Phase.OPEN, Optional.empty());
        PullRequestPage page;
        do {
            page = walk.page(at, 100, deadline);
            page.changed().forEach(pullRequest -> open.put(pullRequest.number(), pullRequest));
            at = Cursor.parse(page.cursor(), repository);
        } while (!page.complete());
        return List.copyOf(open.values());
    }

    PullRequestDetail detail(long number) {
        Deadline deadline = connection.deadline();
        return graphQl.read(Queries.ONE, graphQl.variables().put("number", number), deadline)
                .map(answer -> byGraphQl(number, answer, deadline))
                .orElseGet(() -> byRest(number, deadline));
    }

    private PullRequestDetail byGraphQl(long number, GraphQl.Answer answer, Deadline deadline) {
        JsonNode node = answer.data().path("repository").path("pullRequest");
        if (!node.isObject()) {
            throw answer.lacks("pullRequest") ? notFound(number) : graphQl.noRepository(answer);
        }
        PullRequest read = nodes.read(node, answer.lacks("statusCheckRollup"), deadline);
        return detail(read, node, deadline);
    }

    private PullRequestDetail byRest(long number, Deadline deadline) {
        Reply reply = connection.send(connection.get("/pulls/{}", number).accept(404), deadline);
        if (reply.status() == 404) {
            throw notFound(number);
        }
        return detail(rest.read(reply.json(), deadline), reply.json(), deadline);
    }

    private PullRequestDetail detail(PullRequest read, JsonNode json, Deadline deadline) {
        return new PullRequestDetail(
                read, Json.text(json, "body").orElse(""), new Timeline(connection).of(read, deadline));
    }

    MergeOutcome merge(MergeRequest request) {
        return merging.merge(request, connection.deadline());
    }

    Optional<String> runChecks(long number, CommitId head) {
        return new CheckRuns(connection).runAgain(number, head, connection.deadline());
    }

    CheckSummary checks(CommitId commit) {
        return checks.of(commit, Rules.UNKNOWN, connection.deadline());
    }

    private NotFoundException notFound(long number) {
        return new NotFoundException("pull request", repository + "#" + number);
    }
}
