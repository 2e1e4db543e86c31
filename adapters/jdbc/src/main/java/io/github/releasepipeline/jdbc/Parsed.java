package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of the rows that were shown last, each with its text: pages are looked at again and again, and to parse a text
 * costs much more than to fetch it and to compare it. Thread-safe.
 */
final class Parsed {
    private static final int MOST = 1000;
    /** Longer texts are rare, and would take the room of many. */
    private static final int LONGEST = 20_000;

    private final Map<String, Entry> snapshots = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(String text, Object snapshot) {}

    /** @param row names the row among all of the store; its text may have changed since it was shown */
    <S> S read(Class<S> type, String row, String text) {
        if (text.length() > LONGEST) {
            return ModelJson.read(type, text);
        }
        Entry known = find(row);
        if (known != null && known.text().equals(text)) {
            return type.cast(known.snapshot());
        }
        S snapshot = ModelJson.read(type, text);
        keep(row, new Entry(text, snapshot));
        return snapshot;
    }

    private synchronized @Nullable Entry find(String row) {
        return snapshots.get(row);
    }

    private synchronized void keep(String row, Entry entry) {
        snapshots.put(row, entry);
        if (snapshots.size() > MOST) {
            snapshots.remove(snapshots.keySet().iterator().next());
        }
    }
}
