package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.ChangedFile;
import java.util.Optional;

/** The server's words for changed files. */
final class FileRow {
    private FileRow() {}

    /** Empty for a file that is listed and not changed. */
    static Optional<ChangedFile> of(JsonNode row) {
        Optional<String> path = Fields.line(row, "filename");
        return path.flatMap(after -> switch (Fields.text(row, "status")) {
            // A copy leaves its source as it was, and the server does not name it.
            case "added", "copied" -> Optional.of(ChangedFile.added(after));
            case "deleted", "removed" -> Optional.of(ChangedFile.deleted(after));
            case "renamed" -> Optional.of(new ChangedFile(Fields.line(row, "previous_filename"), path));
            case "unchanged" -> Optional.empty();
            default -> Optional.of(ChangedFile.modified(after));
        });
    }
}
