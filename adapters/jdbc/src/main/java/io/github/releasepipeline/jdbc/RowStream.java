package io.github.releasepipeline.jdbc;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows of a long ordered list, of which only some are in memory: each part is asked for by the last row of the one before. */
final class RowStream<T> {
    private final Function<Optional<T>, List<T>> after;
    private final Deque<T> part = new ArrayDeque<>();
    private @Nullable T last;
    private boolean exhausted;

    /** @param after gives the rows after a row, or the first ones; nothing at the end */
    RowStream(Function<Optional<T>, List<T>> after) {
        this.after = after;
    }

    /** The next row, which stays the next. */
    Optional<T> peek() {
        if (part.isEmpty() && !exhausted) {
            part.addAll(after.apply(Optional.ofNullable(last)));
            exhausted = part.isEmpty();
        }
        return Optional.ofNullable(part.peek());
    }

    /** Hands out and goes past all rows. */
    void each(Consumer<T> visitor) {
        eachWhile(row -> true, visitor);
    }

    /** Hands out and goes past the next rows as long as they fit. */
    void eachWhile(Predicate<T> fits, Consumer<T> visitor) {
        for (Optional<T> next = peek().filter(fits); next.isPresent(); next = peek().filter(fits)) {
            next.ifPresent(visitor);
            skip();
        }
    }

    /** Goes past the next row. */
    void skip() {
        last = part.remove();
    }
}
