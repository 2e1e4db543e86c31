package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.github.Cursor.Phase;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows pull requests: pages of 50 by GraphQL, smaller ones where GitHub cannot answer in time. */
final class Walk {
    private static final int PAGE = 50;
    private static final int SMALLEST = 5;

    /** A walk begins a little before the last one began: GitHub's replicas lag, and times are whole seconds. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private final GraphQl graphQl;
    private final NodeReader nodes;
    private final RestWalk rest;

    Walk(GraphQl graphQl, NodeReader nodes, RestWalk rest) {
        this.graphQl = graphQl;
        this.nodes = nodes;
        this.rest = rest;
    }

    PullRequestPage page(Cursor from, int limit, Deadline deadline) {
        Map<Long, PullRequest> told = new LinkedHashMap<>();
        Cursor at = from;
        int size = Math.min(PAGE, limit);
        while (limit - told.size() >= size) {
            Optional<Step> step = step(at, size, told, deadline);
            if (step.isEmpty()) {
                return rest.page(at, limit, told, deadline);
            }
            at = step.get().next;
            if (step.get().complete) {
                return new PullRequestPage(List.copyOf(told.values()), at.toString(), true);
            }
        }
        return new PullRequestPage(List.copyOf(told.values()), at.toString(), false);
    }

    /** The next walk after one that began then. */
    static Cursor following(Cursor walk) {
        return Cursor.walk(walk.repository(), walk.started().minus(OVERLAP));
    }

    /** One page read. */
    record Step(Cursor next, boolean complete) {}

    private Optional<Step> step(Cursor at, int size, Map<Long, PullRequest> told, Deadline deadline) {
        Optional<GraphQl.Answer> answer = ask(at, size, deadline);
        return answer.map(given -> {
            JsonNode page = given.data().path("repository").path("pullRequests");
            if (!page.isObject()) {
                throw graphQl.noRepository(given);
            }
            boolean known = false;
            for (JsonNode node : page.path("nodes")) {
                if (!node.isObject()) {
                    throw AdapterException.passing("GitHub left out pull requests: " + given.errors(), null);
                }
                known = at.phase() == Phase.ENDED
                        && Fields.instant(node, "updatedAt").isBefore(at.since());
                if (known) {
                    break;
                }
                PullRequest read = nodes.read(node, given.lacks("statusCheckRollup"), deadline);
                told.put(read.number(), read);
            }
            return next(at.begun(given.at()), known, page.path("pageInfo"));
        });
    }

    private static Step next(Cursor at, boolean known, JsonNode info) {
        if (!known && info.path("hasNextPage").asBoolean()) {
            return new Step(at.at(at.phase(), Optional.of(Fields.text(info, "endCursor"))), false);
        }
        return at.phase() == Phase.ENDED
                ? new Step(at.at(Phase.OPEN, Optional.empty()), false)
                : new Step(following(at), true);
    }

    /** Large pages may end with 502 or a timeout: half a page may not. */
    private Optional<GraphQl.Answer> ask(Cursor at, int size, Deadline deadline) {
        int first = size;
        while (true) {
            ObjectNode variables = graphQl.variables().put("first", first);
            at.after().ifPresent(after -> variables.put("after", after));
            try {
                return graphQl.ask(at.phase() == Phase.OPEN ? Queries.OPEN : Queries.CHANGED, variables, deadline);
            } catch (AdapterException e) {
                boolean again = e.retryable() && e.retryAt().isEmpty() && first > 1;
                if (!again || deadline.left().isZero()) {
                    throw e;
                }
                Waiting.pause(deadline);
                first = first > SMALLEST ? Math.max(SMALLEST, first / 2) : 1;
            }
        }
    }
}
