package io.github.releasepipeline.memory;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Place of a row in a table of the pipeline view, newest first.
 *
 * @param created when the row's subject was created
 * @param number a pull request's number; 0 for others
 * @param id a pull request's repository; the id of others
 */
record Place(Instant created, long number, String id) implements Comparable<Place> {
    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::created)
            .thenComparing(Place::number)
            .thenComparing(Place::id)
            .reversed();

    static Place of(PullRequest row) {
        return new Place(row.createdAt(), row.number(), row.id().repository());
    }

    static Place of(ChangeSet row) {
        return new Place(row.createdAt(), 0, row.id().value());
    }

    static Place of(Version row) {
        return new Place(row.createdAt(), 0, row.id().value());
    }

    static Place of(Release row) {
        return new Place(row.requestedAt(), 0, row.id().value());
    }

    /** Reads what {@link #cursor} wrote for the same table. */
    static Place parse(String table, String cursor) {
        String[] parts = cursor.split("\\|", 4);
        if (parts.length != 4 || !parts[0].equals(table)) {
            throw foreign(table, cursor, null);
        }
        try {
            return new Place(Instant.parse(parts[1]), Long.parseLong(parts[2]), parts[3]);
        } catch (DateTimeException | NumberFormatException e) {
            throw foreign(table, cursor, e);
        }
    }

    String cursor(String table) {
        return table + "|" + created + "|" + number + "|" + id;
    }

    static IllegalArgumentException foreign(String table, String cursor, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "'" + cursor + "' is not a place in the list of " + table + "; begin with the first page", cause);
    }

    @Override
    public int compareTo(Place other) {
        return NEWEST_FIRST.compare(this, other);
    }
}
