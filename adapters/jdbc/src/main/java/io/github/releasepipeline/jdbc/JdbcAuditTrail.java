package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the audit trail. */
final class JdbcAuditTrail implements AuditTrail {
    private final Database database;
    private final String pipeline;

    JdbcAuditTrail(Database database, String pipeline) {
        this.database = database;
        this.pipeline = pipeline;
    }

    @Override
    public List<AuditRecord> of(SubjectId<?> subject) {
        return database.read(sql -> sql.list(
                "select canonical, hash from release_pipeline_audit"
                        + " where pipeline = :pipeline and subject = :subject order by sequence",
                Row.of("pipeline", pipeline).and("subject", Escaped.id(subject.reference())),
                AuditRows::read));
    }

    @Override
    public Page<AuditRecord> newest(Optional<String> eventName, PageRequest page) {
        PositionPage<AuditRecord> rows = new PositionPage<>("audit", page);
        String event = eventName.isPresent() ? " and event = :event" : "";
        return database.read(sql -> rows.read(sql.list(
                "select position, canonical, hash from release_pipeline_audit where pipeline = :pipeline" + event
                        + rows.condition("position") + " order by position desc limit :limit",
                rows.values(pipeline)
                        .and(eventName
                                .map(name -> Row.of("event", Escaped.key(name)))
                                .orElseGet(Row::new)),
                row -> new PositionPage.At<>(row.getLong("position"), AuditRows.read(row)))));
    }

    @Override
    public Optional<Checkpoint> seal(Instant at) {
        return database.transact(sql -> new Seals(sql, pipeline).seal(at));
    }

    @Override
    public Optional<Checkpoint> newestCheckpoint() {
        return database.read(sql -> new Seals(sql, pipeline).newest());
    }

    @Override
    public void scan(AuditVisitor visitor) {
        database.readSnapshot(sql -> new AuditScan(sql, pipeline, visitor).run());
    }
}
