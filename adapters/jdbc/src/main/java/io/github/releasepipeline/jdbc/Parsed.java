package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.json.ModelJson;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of the texts that were shown last: pages are looked at again and again, and to parse a text costs much more
 * than to fetch it. A snapshot never changes, and one text is always the same snapshot. Thread-safe.
 */
final class Parsed {
    private static final int MOST = 1000;
    /** Longer texts are rare, and would take the room of many. */
    private static final int LONGEST = 20_000;

    private final Map<String, Object> snapshots = new LinkedHashMap<>(16, 0.75f, true);

    <S> S read(Class<S> type, String text) {
        if (text.length() > LONGEST) {
            return ModelJson.read(type, text);
        }
        Object known = find(text);
        if (type.isInstance(known)) {
            return type.cast(known);
        }
        S snapshot = ModelJson.read(type, text);
        keep(text, snapshot);
        return snapshot;
    }

    private synchronized @Nullable Object find(String text) {
        return snapshots.get(text);
    }

    private synchronized void keep(String text, Object snapshot) {
        snapshots.put(text, snapshot);
        if (snapshots.size() > MOST) {
            snapshots.remove(snapshots.keySet().iterator().next());
        }
    }
}
