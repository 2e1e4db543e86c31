package io.github.releasepipeline.json;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.subject.Text;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with a configuration text, each with its place. */
final class Problems {
    private static final int MAX_SHOWN = 60;
    private static final int MAX_DETAIL = 300;
    private static final int MAX_LISTED = 100;

    private final String name;
    private final List<String> found = new ArrayList<>();
    private int count;

    /** @param name how the text is called */
    Problems(String name) {
        this.name = shown(name);
    }

    void add(Position place, String path, String problem) {
        count++;
        if (count <= MAX_LISTED) {
            found.add(name + ":" + place + ": " + path + ": " + Text.shown(problem, MAX_DETAIL));
        }
    }

    /** What can be made; what makes it refuse is a problem. */
    <T> Optional<T> made(Position place, String path, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException | DateTimeException e) {
            add(place, path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    int count() {
        return count;
    }

    /** @throws ConfigurationException if there is any */
    void throwIfAny() {
        if (count > MAX_LISTED) {
            found.add(name + ": and " + (count - MAX_LISTED) + " more problems");
        }
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }

    /** A text of somebody else in a message: one line, and not a long one. */
    static String shown(String text) {
        return Text.shown(text, MAX_SHOWN);
    }
}
