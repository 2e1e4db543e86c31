package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots that were seen last, so that a transaction need not read them and nobody has to parse the same text again. No
 * transaction relies on them: a read compares the text, and a transaction asks at its end whether the revision is still the same.
 * Thread-safe.
 */
final class Known {
    private static final int MOST = 500;

    private final Map<SubjectId<?>, Entry<?>> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** A snapshot with the text that it is stored as. */
    record Entry<S>(Stored<S> stored, String text) {}

    @SuppressWarnings("unchecked") // under an id there is only ever its own sort of snapshot
    synchronized <S> Optional<Entry<S>> find(SubjectId<S> id) {
        return Optional.ofNullable((Entry<S>) entries.get(id));
    }

    /** An older revision does not replace a newer one; only {@link #forget} does away with that. */
    synchronized <S> void keep(SubjectId<S> id, Entry<S> entry) {
        Entry<?> before = entries.get(id);
        if (before == null || before.stored().revision() <= entry.stored().revision()) {
            entries.put(id, entry);
            if (entries.size() > MOST) {
                entries.remove(entries.keySet().iterator().next());
            }
        }
    }

    synchronized void forget(SubjectId<?> id) {
        entries.remove(id);
    }
}
