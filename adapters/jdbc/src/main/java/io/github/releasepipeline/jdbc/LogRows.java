package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.ReleaseLogs;
import java.util.List;

/** The logs of releases. The unique key makes sure that numbers have no gaps: who comes second has to try again. */
final class LogRows implements ReleaseLogs {
    private final Database database;
    private final String pipeline;

    LogRows(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    static void append(Sql sql, String pipeline, List<LogEntry> entries) {
        List<Row> rows = entries.stream()
                .map(entry -> key(pipeline, entry.release()).and("entry", ModelJson.write(entry)))
                .toList();
        sql.batch(
                entries.isEmpty()
                        ? "the log"
                        : "the log of " + entries.get(0).release().reference(),
                "insert into release_pipeline_release_log (pipeline, release_id, sequence, entry)"
                        + " select :pipeline, :release, coalesce(max(sequence), 0) + 1, :entry"
                        + " from release_pipeline_release_log where pipeline = :pipeline and release_id = :release",
                rows);
    }

    @Override
    public List<LogLine> after(ReleaseId release, long sequence, int max) {
        return database.read(sql -> sql.list(
                "select sequence, entry from release_pipeline_release_log"
                        + " where pipeline = :pipeline and release_id = :release and sequence > :sequence"
                        + " order by sequence limit :max",
                key(pipeline, release).and("sequence", sequence).and("max", max),
                row -> new LogLine(row.getLong(1), ModelJson.read(LogEntry.class, row.getString(2)))));
    }

    private static Row key(String pipeline, ReleaseId release) {
        return Row.of("pipeline", pipeline).and("release", Escaped.id(release.value()));
    }
}
