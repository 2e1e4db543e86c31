package io.github.releasepipeline.store;

import java.util.Optional;

/**
 * Which rows of a longer list.
 *
 * @param size at most so many, 1 to {@value #MAX_SIZE}
 * @param after the {@link Page#next()} of the page before; empty for the first page
 */
public record PageRequest(int size, Optional<String> after) {
    /** The largest page. */
    public static final int MAX_SIZE = 500;

    /** Checks the size. */
    public PageRequest {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_SIZE + " rows, not " + size);
        }
    }

    /** The first rows. */
    public static PageRequest first(int size) {
        return new PageRequest(size, Optional.empty());
    }

    /** The rows after a page. */
    public PageRequest after(String next) {
        return new PageRequest(size, Optional.of(next));
    }
}
