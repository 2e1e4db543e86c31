package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.subject.SubjectId;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds and saves snapshots of every sort. */
final class Snapshots {
    /** Every sort by the type of its ids, in the order of these names. */
    static final SortedMap<String, SnapshotRows<?>> SORTS = new TreeMap<>(Map.of(
            "automation", new AutomationRows(),
            "change-set", new ChangeSetRows(),
            "environment", new DocumentRows<>(Environment.class, "environment"),
            "pull-request", new PullRequestRows(),
            "release", new ReleaseRows(),
            "sync-point", new DocumentRows<>(SyncPoint.class, "sync_point"),
            "version", new VersionRows()));

    private Snapshots() {}

    static <S> Optional<Stored<S>> find(Sql sql, String pipeline, SubjectId<S> id) {
        SnapshotRows<S> rows = rows(id);
        return sql.first(
                "select revision, chain_length, chain_hash, " + rows.document() + " from release_pipeline_"
                        + rows.table() + " where pipeline = :pipeline and id = :id",
                key(pipeline, id),
                row -> new Stored<>(
                        ModelJson.read(rows.type(), row.getString(4)),
                        row.getLong(1),
                        new ChainHead(row.getLong(2), new Digest(row.getString(3)))));
    }

    /** @param before the snapshot as this transaction found it, if it did */
    static <S> void save(Sql sql, String pipeline, SubjectId<S> id, Optional<S> before, Stored<S> next) {
        SnapshotRows<S> rows = rows(id);
        Row values = key(pipeline, id)
                .and("revision", next.revision())
                .and("chain_length", next.head().length())
                .and("chain_hash", next.head().hash().hex())
                .and(rows.columns(next.snapshot()));
        String table = "release_pipeline_" + rows.table();
        int saved = sql.update(
                id.reference(), next.revision() == 1 ? insert(table, values) : update(table, values), values);
        if (saved != 1) {
            throw new ConcurrentUpdateException(id.reference());
        }
        rows.related(sql, pipeline, Escaped.id(id.value()), before, next.snapshot());
    }

    /**
     * Makes sure that what was found is still so, and stays so until the transaction ends.
     *
     * @param revision as it was found; 0 for nothing
     */
    static void confirm(Sql sql, String pipeline, SubjectId<?> id, long revision) {
        long now = sql.first(
                        "select revision from release_pipeline_" + rows(id).table()
                                + " where pipeline = :pipeline and id = :id for share nowait",
                        key(pipeline, id),
                        row -> row.getLong(1))
                .orElse(0L);
        if (now != revision) {
            throw new ConcurrentUpdateException(id.reference());
        }
    }

    @SuppressWarnings("unchecked") // the type of an id decides the sort of its snapshot
    private static <S> SnapshotRows<S> rows(SubjectId<S> id) {
        SnapshotRows<?> rows = SORTS.get(id.type());
        if (rows == null) {
            throw new IllegalArgumentException("No snapshots of the type '" + id.type() + "' are kept");
        }
        return (SnapshotRows<S>) rows;
    }

    private static Row key(String pipeline, SubjectId<?> id) {
        return Row.of("pipeline", pipeline).and("id", Escaped.id(id.value()));
    }

    private static String insert(String table, Row values) {
        return "insert into " + table + " (" + String.join(", ", values.names()) + ") values (:"
                + String.join(", :", values.names()) + ")";
    }

    private static String update(String table, Row values) {
        String changes = values.names().stream()
                .filter(name -> !name.equals("pipeline") && !name.equals("id"))
                .map(name -> name + " = :" + name)
                .collect(Collectors.joining(", "));
        return "update " + table + " set " + changes
                + " where pipeline = :pipeline and id = :id and revision = :revision - 1";
    }
}
