package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads a paged list, one page in memory at a time. */
public final class AllRows {
    private AllRows() {}

    /** Hands every row to {@code each}, newest first. */
    public static <T> void forEach(Function<PageRequest, Page<T>> pages, Consumer<T> each) {
        anyMatch(pages, row -> {
            each.accept(row);
            return false;
        });
    }

    /** Whether a row is {@code wanted}; reads no further than to the page of the first that is. */
    public static <T> boolean anyMatch(Function<PageRequest, Page<T>> pages, Predicate<T> wanted) {
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        while (true) {
            Page<T> page = pages.apply(request);
            if (page.rows().stream().anyMatch(wanted)) {
                return true;
            }
            if (page.next().isEmpty()) {
                return false;
            }
            request = request.after(page.next().get());
        }
    }
}
