package io.github.releasepipeline.jdbc;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Texts of statements that are put together of parts: made once for the same parts, and found again as the same object. */
final class Texts {
    /** There are some dozens; more than this would come of a number that grows. */
    private static final int MOST = 1000;

    private static final Map<List<Object>, String> MADE = new ConcurrentHashMap<>();

    private Texts() {}

    /** @param parts everything that the text depends on */
    static String of(List<Object> parts, Supplier<String> text) {
        String made = MADE.get(parts);
        if (made != null) {
            return made;
        }
        String fresh = text.get();
        if (MADE.size() < MOST) {
            MADE.putIfAbsent(parts, fresh);
        }
        return fresh;
    }
}
