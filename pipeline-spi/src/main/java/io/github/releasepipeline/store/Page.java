package io.github.releasepipeline.store;

import java.util.List;
import java.util.Optional;

/**
 * Some rows of a longer list, newest first.
 *
 * @param rows the rows
 * @param next where the next page begins; empty on the last page
 */
public record Page<T>(List<T> rows, Optional<String> next) {
    /** Copies the list. */
    public Page {
        rows = List.copyOf(rows);
    }
}
