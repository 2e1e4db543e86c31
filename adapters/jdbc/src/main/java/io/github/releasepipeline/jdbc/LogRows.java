package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.ReleaseLogs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The logs of releases. The unique key makes sure that numbers have no gaps: who comes second has to try again. */
final class LogRows implements ReleaseLogs {
    private static final int MOST_AT_ONCE = 10;

    static final String DROP = "delete from release_pipeline_release_log where pipeline = :pipeline"
            + " and (release_id, sequence) in (select l.release_id, l.sequence from release_pipeline_release_log l"
            + " where l.pipeline = :pipeline and l.at < :before and exists (select 1 from release_pipeline_release r"
            + " where r.pipeline = :pipeline and r.id = l.release_id and r.finished_at is not null)"
            + " order by l.at limit :max)";

    private final Database database;
    private final String pipeline;

    LogRows(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    /** @param entries all that a transaction writes: those of a release are numbered together */
    static void append(Script script, String pipeline, List<LogEntry> entries) {
        Map<ReleaseId, List<LogEntry>> logs = new LinkedHashMap<>();
        entries.forEach(entry -> logs.computeIfAbsent(entry.release(), release -> new ArrayList<>())
                .add(entry));
        logs.forEach((release, lines) -> {
            String about = "the log of " + release.reference();
            if (lines.size() <= MOST_AT_ONCE) {
                script.addOfAnyTime(about, insert(lines.size()), values(pipeline, release, lines));
            } else {
                lines.forEach(line -> script.add(about, insert(1), values(pipeline, release, List.of(line))));
            }
        });
    }

    private static String insert(int lines) {
        return Texts.of(List.of("log", lines), () -> insertOf(lines));
    }

    private static String insertOf(int lines) {
        String values = IntStream.range(0, lines)
                .mapToObj(i -> "(" + (i + 1) + ", :v" + i + ", :t" + i + ")")
                .collect(Collectors.joining(", "));
        return "insert into release_pipeline_release_log (pipeline, release_id, sequence, entry, at)"
                + " select :pipeline, :release, (select coalesce(max(sequence), 0) from release_pipeline_release_log"
                + " where pipeline = :pipeline and release_id = :release) + column1, column2, column3 from (values "
                + values
                + ") as line";
    }

    private static Row values(String pipeline, ReleaseId release, List<LogEntry> lines) {
        Row row = key(pipeline, release)
                .and(Lists.values(lines.stream().map(ModelJson::write).toList()));
        int number = 0;
        for (LogEntry line : lines) {
            row.and("t" + number, Micros.of(line.at()));
            number++;
        }
        return row;
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

    @Override
    public int drop(Instant before, int max) {
        return database.transact(sql -> sql.update(
                "the logs",
                DROP,
                Row.of("pipeline", pipeline).and("before", Micros.bound(before)).and("max", max)));
    }

    private static Row key(String pipeline, ReleaseId release) {
        return Row.of("pipeline", pipeline).and("release", Escaped.id(release.value()));
    }
}
