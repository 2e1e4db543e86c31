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

/**
 * One pass over the whole audit trail, beside the heads that the snapshots claim: two streams in the order of the subjects,
 * both read from indexes part by part.
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

    private record Claim(String type, String id, ChainHead head) {
        String subject() {
            return type + ":" + id;
        }
    }

    void run() {
        RowStream<StoredRecord> records = new RowStream<>(this::recordsAfter);
        RowStream<Claim> claims = new RowStream<>(this::claimsAfter);
        while (records.peek().isPresent() || claims.peek().isPresent()) {
            String subject = first(
                    records.peek().map(StoredRecord::subject), claims.peek().map(Claim::subject));
            String reference = Escaped.read(subject);
            for (Optional<StoredRecord> next = records.peek();
                    next.filter(record -> record.subject().equals(subject)).isPresent();
                    next = records.peek()) {
                next.ifPresent(
                        record -> visitor.record(reference, record.sequence(), record.canonical(), record.hash()));
                records.skip();
            }
            Optional<Claim> claim =
                    claims.peek().filter(found -> found.subject().equals(subject));
            if (claim.isPresent()) {
                claims.skip();
            }
            visitor.end(reference, claim.map(Claim::head));
        }
    }

    private static String first(Optional<String> one, Optional<String> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other).orElseThrow();
        }
        return BY_BYTES.compare(one.get(), other.get()) <= 0 ? one.get() : other.get();
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
