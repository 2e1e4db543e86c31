package io.github.releasepipeline.examples.benchmarks.lifecycle;

import java.util.List;

/**
 * One row that was written in a transaction.
 *
 * @param transaction its number; later ones are greater
 * @param table where
 * @param isNew whether it was inserted; else it replaced the row with the revision before
 * @param columns names
 * @param values as texts, for each column; null for no value
 */
record RecordedRow(long transaction, String table, boolean isNew, List<String> columns, List<String> values) {
    String value(String column) {
        return values.get(columns.indexOf(column));
    }
}
