package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.audit.MerkleRoot;
import io.github.releasepipeline.item.Digest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Seals chains. Reads what was appended since the last time and a little before, not the whole trail. */
final class Seals {
    /**
     * Positions are given before a record is committed, so one may come to light behind others: that far back it is looked
     * for.
     */
    private static final long OVERTAKEN = 10_000;

    private static final int PART = 1000;

    private static final String GROW = "insert into release_pipeline_seal (pipeline, subject, length, hash, checkpoint)"
            + " select :pipeline, a.subject, a.sequence, a.hash, :number from (select subject, max(sequence) as length"
            + " from release_pipeline_audit where pipeline = :pipeline and position > :position group by subject) grown"
            + " join release_pipeline_audit a on a.pipeline = :pipeline and a.subject = grown.subject"
            + " and a.sequence = grown.length"
            + " where not exists (select 1 from release_pipeline_seal s where s.pipeline = :pipeline"
            + " and s.subject = grown.subject and s.length >= grown.length)";

    private final Sql sql;
    private final String pipeline;

    Seals(Sql sql, String pipeline) {
        this.sql = sql;
        this.pipeline = pipeline;
    }

    private record Newest(Checkpoint checkpoint, long upto) {}

    private record Sealed(String subject, ChainHead head) {}

    Optional<Checkpoint> newest() {
        return find().map(Newest::checkpoint);
    }

    private Optional<Newest> find() {
        return sql.first(
                "select number, made_at, heads, root, previous, canonical, hash, upto from release_pipeline_checkpoint"
                        + " where pipeline = :pipeline order by number desc limit 1",
                Row.of("pipeline", pipeline),
                row -> new Newest(checkpoint(row), row.getLong("upto")));
    }

    private static Checkpoint checkpoint(ResultSet row) throws SQLException {
        return new Checkpoint(
                row.getLong("number"),
                Instant.EPOCH.plus(row.getLong("made_at"), ChronoUnit.MICROS),
                row.getLong("heads"),
                new Digest(row.getString("root")),
                new Digest(row.getString("previous")),
                row.getString("canonical"),
                new Digest(row.getString("hash")));
    }

    Optional<Checkpoint> seal(Instant at) {
        sql.lock("release_pipeline_checkpoint " + pipeline);
        Optional<Newest> before = find();
        long number = before.map(newest -> newest.checkpoint().number()).orElse(0L) + 1;
        long upto = upto();
        Row values = Row.of("pipeline", pipeline)
                .and("number", number)
                .and("position", before.map(Newest::upto).orElse(0L) - OVERTAKEN);
        if (sql.update("the audit trail", GROW, values) == 0) {
            return before.map(Newest::checkpoint);
        }
        Checkpoint next = Checkpoint.next(before.map(Newest::checkpoint), at, root(number));
        keep(next, upto);
        return Optional.of(next);
    }

    /** How far the trail can be seen now, so at least as far when chains are sealed after this. */
    private long upto() {
        return sql.first(
                        "select position from release_pipeline_audit where pipeline = :pipeline"
                                + " order by position desc limit 1",
                        Row.of("pipeline", pipeline),
                        row -> row.getLong(1))
                .orElse(0L);
    }

    private MerkleRoot root(long number) {
        MerkleRoot root = new MerkleRoot();
        new RowStream<Sealed>(last -> sealedAfter(number, last))
                .each(seal -> root.add(Escaped.read(seal.subject()), seal.head()));
        return root;
    }

    private List<Sealed> sealedAfter(long number, Optional<Sealed> last) {
        Row values = Row.of("pipeline", pipeline).and("number", number).and("limit", PART);
        last.ifPresent(seal -> values.and("subject", seal.subject()));
        return sql.list(
                "select subject, length, hash from release_pipeline_seal where pipeline = :pipeline"
                        + " and checkpoint = :number" + (last.isPresent() ? " and subject > :subject" : "")
                        + " order by subject limit :limit",
                values,
                row -> new Sealed(row.getString(1), new ChainHead(row.getLong(2), new Digest(row.getString(3)))));
    }

    private void keep(Checkpoint checkpoint, long upto) {
        Row row = Row.of("pipeline", pipeline)
                .and("number", checkpoint.number())
                .and("made_at", Micros.of(checkpoint.at()))
                .and("heads", checkpoint.heads())
                .and("root", checkpoint.root().hex())
                .and("previous", checkpoint.previous().hex())
                .and("canonical", checkpoint.canonical())
                .and("hash", checkpoint.hash().hex())
                .and("upto", upto);
        sql.update(
                "the audit trail",
                "insert into release_pipeline_checkpoint (" + String.join(", ", row.names()) + ") values (:"
                        + String.join(", :", row.names()) + ")",
                row);
    }
}
