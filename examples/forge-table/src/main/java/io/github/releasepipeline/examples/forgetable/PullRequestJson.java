package io.github.releasepipeline.examples.forgetable;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.source.PullRequest;
import java.net.URI;
import java.util.List;

/** The table of pull requests for programs. */
final class PullRequestJson {
    private PullRequestJson() {}

    static String document(String repository, List<PullRequest> pullRequests) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("repository", repository);
        ArrayNode rows = document.putArray("pullRequests");
        pullRequests.forEach(pull -> row(rows.addObject(), pull));
        return document.toPrettyString();
    }

    private static void row(ObjectNode row, PullRequest pull) {
        row.put("number", pull.number())
                .put("title", pull.title())
                .put("author", pull.author())
                .put("status", pull.status().name())
                .put("baseBranch", pull.baseBranch())
                .put("head", pull.head().hex())
                .put("createdAt", pull.createdAt().toString())
                .put("updatedAt", pull.updatedAt().toString())
                .put("link", pull.link().map(URI::toString).orElse(null));
        pull.labels().forEach(row.putArray("labels")::add);
        row.putObject("review")
                .put("decision", pull.review().decision().name())
                .put("given", pull.review().given().orElse(null))
                .put("needed", pull.review().needed().orElse(null));
        ArrayNode checks = row.putArray("checks");
        pull.checks()
                .checks()
                .forEach(check -> checks.addObject()
                        .put("name", check.name())
                        .put("status", check.status().name())
                        .put("summary", check.summary()));
        ArrayNode items = row.putArray("items");
        pull.items()
                .forEach(item -> items.addObject()
                        .put("kind", item.id().kind())
                        .put("path", item.id().path())
                        .put("change", item.type().name()));
    }
}
