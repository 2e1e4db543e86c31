package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.github.GraphQl.Answer;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import java.util.Optional;

/** The queue that a branch may demand for merges. */
final class MergeQueue {
    private final GraphQl graphQl;

    MergeQueue(GraphQl graphQl) {
        this.graphQl = graphQl;
    }

    MergeOutcome enter(MergeRequest request, Deadline deadline) {
        Optional<JsonNode> pull = pull(request.number(), deadline);
        if (pull.isEmpty()) {
            return new MergeOutcome.NotAllowed("the branch has a merge queue, and the token may not use it");
        }
        Optional<MergeOutcome> waiting = queued(pull.get().path("mergeQueueEntry"));
        if (waiting.isPresent()) {
            return waiting.get();
        }
        ObjectNode variables = Json.object()
                .put("id", Fields.text(pull.get(), "id"))
                .put("head", request.expectedHead().hex());
        Optional<Answer> answer;
        try {
            answer = graphQl.ask(Queries.ENQUEUE, variables, deadline);
        } catch (AdapterException e) {
            return position(request.number(), deadline).orElseThrow(() -> e);
        }
        return answer.flatMap(
                        given -> queued(given.data().path("enqueuePullRequest").path("mergeQueueEntry")))
                .orElseGet(() -> new MergeOutcome.NotAllowed(
                        answer.filter(given -> !given.errors().isEmpty())
                                .map(given -> given.errors().get(0).message())
                                .orElse("the merge queue did not take it")));
    }

    /** Where it waits, if it does. */
    Optional<MergeOutcome> position(long number, Deadline deadline) {
        return pull(number, deadline).flatMap(pull -> queued(pull.path("mergeQueueEntry")));
    }

    private Optional<JsonNode> pull(long number, Deadline deadline) {
        return graphQl.read(Queries.QUEUE, graphQl.variables().put("number", number), deadline)
                .map(given -> given.data().path("repository").path("pullRequest"))
                .filter(JsonNode::isObject);
    }

    private static Optional<MergeOutcome> queued(JsonNode entry) {
        return entry.isObject()
                ? Optional.of(new MergeOutcome.Queued(
                        "position " + entry.path("position").asLong() + " in the merge queue"))
                : Optional.empty();
    }
}
