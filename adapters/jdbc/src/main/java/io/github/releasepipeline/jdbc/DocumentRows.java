package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;

/** Snapshots that are found by their id only. */
record DocumentRows<S>(Class<S> type, String table) implements SnapshotRows<S> {
    @Override
    public Row columns(S snapshot) {
        return Row.of("document", ModelJson.write(snapshot));
    }
}
