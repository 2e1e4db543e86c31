package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.ChangedFile;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that pull requests change. GraphQL does not tell what a renamed file was called and gives 100; REST tells both and
 * up to 3,000, and is asked only then. Remembered by head.
 */
final class Files {
    private static final Logger LOG = LoggerFactory.getLogger(Files.class);

    private final Connection connection;
    private final Remembered<String, List<ChangedFile>> known = new Remembered<>();

    Files(Connection connection) {
        this.connection = connection;
    }

    /** From a node of GraphQL, completed by REST where it is incomplete. */
    List<ChangedFile> of(JsonNode node, long number, CommitId head, Deadline deadline) {
        JsonNode files = node.path("files");
        boolean complete =
                files.isObject() && !files.path("pageInfo").path("hasNextPage").asBoolean();
        List<ChangedFile> changed = new ArrayList<>();
        for (JsonNode file : files.path("nodes")) {
            String type = Json.text(file, "changeType").orElse("");
            complete &= !type.equals("RENAMED");
            changed.add(file(type.toLowerCase(Locale.ROOT), Fields.text(file, "path"), Optional.empty()));
        }
        return complete
                ? changed
                : ofRest(number, head, node.path("changedFiles").asLong(), deadline);
    }

    /**
     * From REST.
     *
     * @param total how many there are, if known; 0 otherwise
     */
    List<ChangedFile> ofRest(long number, CommitId head, long total, Deadline deadline) {
        String key = number + "@" + head;
        return known.find(key).orElseGet(() -> {
            List<JsonNode> entries =
                    connection.all(connection.get("/pulls/{}/files", number), Optional.empty(), deadline);
            if (entries.size() < total) {
                LOG.warn(
                        "{}#{} changes {} files and GitHub tells {}: items may be missing",
                        connection.repo(),
                        number,
                        total,
                        entries.size());
            }
            return known.put(key, entries.stream().map(Files::file).toList());
        });
    }

    private static ChangedFile file(JsonNode entry) {
        return file(
                Json.text(entry, "status").orElse(""),
                Fields.text(entry, "filename"),
                Json.text(entry, "previous_filename"));
    }

    /** A word that is not known is read as a change of bytes: better shown than left out. */
    private static ChangedFile file(String status, String path, Optional<String> previous) {
        return switch (status) {
            case "added", "copied" -> ChangedFile.added(path);
            case "removed", "deleted" -> ChangedFile.deleted(path);
            case "renamed" ->
                previous.map(before -> ChangedFile.renamed(before, path)).orElseGet(() -> ChangedFile.added(path));
            default -> ChangedFile.modified(path);
        };
    }
}
