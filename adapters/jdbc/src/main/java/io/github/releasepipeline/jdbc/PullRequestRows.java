package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.source.PullRequest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pull requests, with their labels and the paths of the items they change. */
final class PullRequestRows implements SnapshotRows<PullRequest> {
    @Override
    public Class<PullRequest> type() {
        return PullRequest.class;
    }

    @Override
    public String table() {
        return "pull_request";
    }

    @Override
    public Row columns(PullRequest pullRequest) {
        String repository = Escaped.id(pullRequest.id().repository());
        return Row.of("created_at", Micros.of(pullRequest.createdAt()))
                .and("place", String.format(Locale.ROOT, "%019d %s", pullRequest.number(), repository))
                .and("author", Escaped.key(pullRequest.author()))
                .and("status", pullRequest.status().name())
                .and("items", pullRequest.items().size())
                .and("document", ModelJson.write(pullRequest));
    }

    @Override
    public void related(Script script, String pipeline, String id, Optional<PullRequest> before, PullRequest now) {
        if (!before.map(PullRequest::labels).equals(Optional.of(now.labels()))) {
            replace(script, pipeline, id, "label", now.labels().stream());
        }
        if (!before.map(PullRequest::items).equals(Optional.of(now.items()))) {
            replace(script, pipeline, id, "path", paths(now));
        }
    }

    /** Both paths of a rename count. */
    private static Stream<String> paths(PullRequest pullRequest) {
        return pullRequest.items().stream().flatMap(ChangedItem::paths);
    }

    private static void replace(Script script, String pipeline, String id, String column, Stream<String> values) {
        String table = "release_pipeline_pull_request_" + (column.equals("path") ? "item" : column);
        Row key = Row.of("pipeline", pipeline).and("id", id);
        script.add(id, "delete from " + table + " where pipeline = :pipeline and pull_request = :id", key);
        Collection<String> distinct = values.map(Escaped::key).collect(Collectors.toSet());
        List<Row> rows = distinct.stream()
                .map(value -> Row.of("pipeline", pipeline).and("id", id).and("value", value))
                .toList();
        script.add(
                id,
                "insert into " + table + " (pipeline, " + column + ", pull_request) values (:pipeline, :value, :id)",
                rows);
    }
}
