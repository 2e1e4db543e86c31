package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.store.AuditVisitor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One pass over the whole audit trail, beside its seals and the heads that the snapshots claim: three streams in the order of
 * the subjects, all read from indexes part by part.
 */
final class AuditScan {
    /** The order of the databases: by the bytes. */
    private static final Comparator<String> BY_BYTES =
            Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    private static final int PART = 1000;
    private static final String AFTER = " and (subject, sequence) > (:subject, :sequence)";

    private final Sql sql;
    private final String pipeline;
    private final AuditVisitor visitor;

    AuditScan(Sql sql, String pipeline, AuditVisitor visitor) {
        this.sql = sql;
        this.pipeline = pipeline;
        this.visitor = visitor;
    }

    private record StoredRecord(String subject, long sequence, String canonical, String hash) {}

    private record StoredSeal(String subject, long length, String hash, long checkpoint) {}

    private record Claim(String type, String id, ChainHead head) {
        String subject() {
            return type + ":" + id;
        }
    }

    void run() {
        RowStream<StoredSeal> seals = new RowStream<>(this::sealsAfter);
        RowStream<StoredRecord> records = new RowStream<>(this::recordsAfter);
        RowStream<Claim> claims = new RowStream<>(this::claimsAfter);
        for (Optional<String> next = first(seals, records, claims);
                next.isPresent();
                next = first(seals, records, claims)) {
            next.ifPresent(subject -> tell(subject, seals, records, claims));
        }
        new RowStream<>(this::checkpointsAfter)
                .each(checkpoint -> visitor.checkpoint(checkpoint.number(), checkpoint.canonical(), checkpoint.hash()));
    }

    private void tell(
            String subject, RowStream<StoredSeal> seals, RowStream<StoredRecord> records, RowStream<Claim> claims) {
        String reference = Escaped.read(subject);
        seals.eachWhile(
                seal -> seal.subject().equals(subject),
                seal -> visitor.seal(reference, seal.length(), seal.hash(), seal.checkpoint()));
        records.eachWhile(
                record -> record.subject().equals(subject),
                record -> visitor.record(reference, record.sequence(), record.canonical(), record.hash()));
        Optional<Claim> claim = claims.peek().filter(found -> found.subject().equals(subject));
        if (claim.isPresent()) {
            claims.skip();
        }
        visitor.end(reference, claim.map(Claim::head));
    }

    private static Optional<String> first(
            RowStream<StoredSeal> seals, RowStream<StoredRecord> records, RowStream<Claim> claims) {
        return Stream.of(
                        seals.peek().map(StoredSeal::subject),
                        records.peek().map(StoredRecord::subject),
                        claims.peek().map(Claim::subject))
                .flatMap(Optional::stream)
                .min(BY_BYTES);
    }

    private List<StoredSeal> sealsAfter(Optional<StoredSeal> last) {
        Row values = part();
        last.ifPresent(seal -> values.and("subject", seal.subject()).and("length", seal.length()));
        return sql.list(
                sealsStatement(last.isPresent()),
                values,
                row -> new StoredSeal(row.getString(1), row.getLong(2), row.getString(3), row.getLong(4)));
    }

    static String sealsStatement(boolean after) {
        return "select subject, length, hash, checkpoint from release_pipeline_seal where pipeline = :pipeline"
                + (after ? " and (subject, length) > (:subject, :length)" : "")
                + " order by subject, length limit :limit";
    }

    private record StoredCheckpoint(long number, String canonical, String hash) {}

    private List<StoredCheckpoint> checkpointsAfter(Optional<StoredCheckpoint> last) {
        return sql.list(
                "select number, canonical, hash from release_pipeline_checkpoint where pipeline = :pipeline"
                        + " and number > :number order by number limit :limit",
                part().and("number", last.map(StoredCheckpoint::number).orElse(Long.MIN_VALUE)),
                row -> new StoredCheckpoint(row.getLong(1), row.getString(2), row.getString(3)));
    }

    private List<StoredRecord> recordsAfter(Optional<StoredRecord> last) {
        Row values = part();
        last.ifPresent(record -> values.and("subject", record.subject()).and("sequence", record.sequence()));
        return sql.list(
                recordsStatement(last.isPresent()),
                values,
                row -> new StoredRecord(row.getString(1), row.getLong(2), row.getString(3), row.getString(4)));
    }

    static String recordsStatement(boolean after) {
        return "select subject, sequence, canonical, hash from release_pipeline_audit where pipeline = :pipeline"
                + (after ? AFTER : "") + " order by subject, sequence limit :limit";
    }

    /** No type of ids begins like another, so that their order is the order of the references. */
    private List<Claim> claimsAfter(Optional<Claim> last) {
        Map<String, SnapshotRows<?>> rest =
                last.map(claim -> Snapshots.SORTS.tailMap(claim.type())).orElse(Snapshots.SORTS);
        Optional<Claim> from = last;
        for (Map.Entry<String, SnapshotRows<?>> sort : rest.entrySet()) {
            List<Claim> claims = claims(sort.getKey(), sort.getValue().table(), from);
            if (!claims.isEmpty()) {
                return claims;
            }
            from = Optional.empty();
        }
        return List.of();
    }

    private List<Claim> claims(String type, String table, Optional<Claim> last) {
        Row values = part();
        last.ifPresent(claim -> values.and("id", claim.id()));
        return sql.list(
                "select id, chain_length, chain_hash from release_pipeline_" + table + " where pipeline = :pipeline"
                        + (last.isPresent() ? " and id > :id" : "") + " order by id limit :limit",
                values,
                row -> new Claim(type, row.getString(1), new ChainHead(row.getLong(2), new Digest(row.getString(3)))));
    }

    private Row part() {
        return Row.of("pipeline", pipeline).and("limit", PART);
    }
}
