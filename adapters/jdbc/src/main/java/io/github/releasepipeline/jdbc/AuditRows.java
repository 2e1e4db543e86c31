package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.json.AuditJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The rows of the audit trail: added, never changed. */
final class AuditRows {
    private AuditRows() {}

    static void append(Script script, String pipeline, List<AuditRecord> records) {
        List<Row> rows = records.stream()
                .map(record -> Row.of("pipeline", pipeline)
                        .and("subject", Escaped.id(record.subject()))
                        .and("sequence", record.sequence())
                        .and("event", Escaped.key(record.event().name()))
                        .and("canonical", record.canonical())
                        .and("hash", record.hash().hex()))
                .toList();
        script.insert(records.isEmpty() ? "the audit trail" : records.get(0).subject(), "release_pipeline_audit", rows);
    }

    /** Whether it is this record that stands in its place: no other one has its hash, which is over its id too. */
    static boolean holds(Sql sql, String pipeline, AuditRecord record) {
        return sql.first(
                        "select 1 from release_pipeline_audit where pipeline = :pipeline and subject = :subject"
                                + " and sequence = :sequence and hash = :hash",
                        Row.of("pipeline", pipeline)
                                .and("subject", Escaped.id(record.subject()))
                                .and("sequence", record.sequence())
                                .and("hash", record.hash().hex()),
                        row -> true)
                .isPresent();
    }

    /** The record of a row with the columns {@code canonical} and {@code hash}. */
    static AuditRecord read(ResultSet row) throws SQLException {
        return AuditJson.read(row.getString("canonical"), new Digest(row.getString("hash")));
    }
}
