package io.github.releasepipeline.jdbc;

import java.util.Optional;

/**
 * How one sort of snapshot is kept: its table, the columns it is looked up by, and rows that hang on it.
 *
 * @param <S> the snapshot
 */
interface SnapshotRows<S> {
    /** The class of the snapshots. */
    Class<S> type();

    /** The table, without the common prefix. */
    String table();

    /** The document and all columns that repeat a part of it. The names are the same for every snapshot. */
    Row columns(S snapshot);

    /** The whole document as an expression over the columns. */
    default String document() {
        return "document";
    }

    /** The same of a row's columns. */
    default String document(Row columns) {
        return columns.text("document");
    }

    /**
     * Writes rows that hang on a snapshot, as far as they changed.
     *
     * @param id the escaped id
     * @param before the snapshot as it was found in this transaction; empty if it is new or was not found
     */
    default void related(Script script, String pipeline, String id, Optional<S> before, S now) {}
}
