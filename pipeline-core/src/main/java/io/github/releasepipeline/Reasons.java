package io.github.releasepipeline;

import io.github.releasepipeline.subject.Text;
import java.util.Optional;

/** Checks reasons that people type. */
final class Reasons {
    private static final int MAX = 2_000;

    private Reasons() {}

    /** A reason where one is mandatory. */
    static String given(String reason) {
        String text = Text.block("A reason", reason, MAX);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A reason is mandatory here");
        }
        return text;
    }

    /** A comment where none is mandatory. */
    static Optional<String> comment(String comment) {
        return Optional.of(Text.block("A comment", comment, MAX)).filter(text -> !text.isEmpty());
    }
}
