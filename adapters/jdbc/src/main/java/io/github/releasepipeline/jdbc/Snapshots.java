package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.json.ModelJson;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.subject.SubjectId;
import java.util.List;
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

    /** @param known as it was seen last: the same text need not be parsed again */
    static <S> Optional<Known.Entry<S>> find(
            Sql sql, String pipeline, SubjectId<S> id, Optional<Known.Entry<S>> known) {
        SnapshotRows<S> rows = rows(id);
        return sql.first(
                Texts.of(
                        List.of("find", rows.table(), rows.document()),
                        () -> "select revision, chain_length, chain_hash, " + rows.document()
                                + " from release_pipeline_" + rows.table()
                                + " where pipeline = :pipeline and id = :id"),
                key(pipeline, id),
                row -> {
                    String text = row.getString(4);
                    S snapshot = known.filter(entry -> entry.text().equals(text))
                            .map(entry -> entry.stored().snapshot())
                            .orElseGet(() -> ModelJson.read(rows.type(), text));
                    ChainHead head = new ChainHead(row.getLong(2), new Digest(row.getString(3)));
                    return new Known.Entry<>(new Stored<>(snapshot, row.getLong(1), head), text);
                });
    }

    /**
     * Saves the next revision.
     *
     * @param before as this transaction found it, if it did; the save fails if it is not so any more
     * @return as it will be found
     */
    static <S> Known.Entry<S> save(
            Script script, String pipeline, SubjectId<S> id, Optional<Stored<S>> before, Stored<S> next) {
        SnapshotRows<S> rows = rows(id);
        Row values = key(pipeline, id)
                .and("revision", next.revision())
                .and("chain_length", next.head().length())
                .and("chain_hash", next.head().hash().hex())
                .and(rows.columns(next.snapshot()));
        String text = rows.document(values);
        String table = "release_pipeline_" + rows.table();
        if (next.revision() == 1) {
            script.insert(id.reference(), table, List.of(values));
        } else {
            String update =
                    Texts.of(List.of("update", table, List.copyOf(values.names())), () -> update(table, values));
            // A database that lost commits in a fail-over may count to the same revision again.
            before.ifPresent(
                    found -> values.and("found_hash", found.head().hash().hex()));
            script.writeOne(
                    id.reference(),
                    before.isPresent()
                            ? Texts.of(List.of("compare", update), () -> update + " and chain_hash = :found_hash")
                            : update,
                    values);
        }
        rows.related(script, pipeline, Escaped.id(id.value()), before.map(Stored::snapshot), next.snapshot());
        return new Known.Entry<>(next, text);
    }

    /** Makes sure that what was found is still so, and stays so until the transaction ends. */
    static <S> void confirm(Script script, String pipeline, SubjectId<S> id, Optional<Stored<S>> found) {
        check(script, pipeline, id, found, " for share nowait");
    }

    /** Makes sure that what was found is still so now. */
    static <S> void compare(Script script, String pipeline, SubjectId<S> id, Optional<Stored<S>> found) {
        check(script, pipeline, id, found, "");
    }

    private static <S> void check(
            Script script, String pipeline, SubjectId<S> id, Optional<Stored<S>> found, String lock) {
        String table = rows(id).table();
        String rows = " from release_pipeline_" + table + " where pipeline = :pipeline and id = :id";
        if (found.isEmpty()) {
            script.check(
                    id.reference(),
                    Texts.of(List.of("absent", table), () -> "select 1 - count(*)" + rows),
                    key(pipeline, id));
            return;
        }
        script.check(
                id.reference(),
                Texts.of(
                        List.of("check", table, lock),
                        () -> "select count(*) from (select 1" + rows
                                + " and revision = :revision and chain_hash = :hash" + lock + ") as same"),
                key(pipeline, id)
                        .and("revision", found.get().revision())
                        .and("hash", found.get().head().hash().hex()));
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

    private static String update(String table, Row values) {
        String changes = values.names().stream()
                .filter(name -> !name.equals("pipeline") && !name.equals("id"))
                .map(name -> name + " = :" + name)
                .collect(Collectors.joining(", "));
        return "update " + table + " set " + changes
                + " where pipeline = :pipeline and id = :id and revision = :revision - 1";
    }
}
