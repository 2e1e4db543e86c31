package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads a paged list to its end, one page in memory at a time. */
public final class AllRows {
    private AllRows() {}

    /** Hands every row to {@code each}, newest first. */
    public static <T> void forEach(Function<PageRequest, Page<T>> pages, Consumer<T> each) {
        PageRequest request = PageRequest.first(PageRequest.MAX_SIZE);
        Optional<String> next;
        do {
            Page<T> page = pages.apply(request);
            page.rows().forEach(each);
            next = page.next();
            request = next.map(request::after).orElse(request);
        } while (next.isPresent());
    }
}
