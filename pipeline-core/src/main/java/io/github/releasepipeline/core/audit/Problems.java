package io.github.releasepipeline.core.audit;

import java.util.ArrayList;
import java.util.List;

/** What was found; only the first of it is kept. Used by one thread. */
final class Problems {
    private static final int LISTED = 100;

    private final List<String> listed = new ArrayList<>();
    private long found;

    void add(String text) {
        found++;
        if (listed.size() < LISTED) {
            listed.add(text);
        }
    }

    long found() {
        return found;
    }

    List<String> listed() {
        return List.copyOf(listed);
    }
}
