package io.github.releasepipeline.release;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that has to be so before a release may start, or that is good to know of it.
 *
 * @param code stable name of the rule; while it is not met, the command is refused by the rule of this name
 * @param text how it stands, in a sentence for people
 * @param status whether it is met
 * @param remedies who or what could meet it; empty if nothing has to be done, or nothing can be
 * @param earliest when it will be met by itself; absent if it will not, or nobody knows
 */
public record Condition(String code, String text, Status status, List<String> remedies, Optional<Instant> earliest) {
    /** How a condition stands. */
    public enum Status {
        /** It is so. */
        MET,
        /** It is not so, and nothing starts before it is. */
        UNMET,
        /** Nothing depends on it. */
        NOTE
    }

    /** Copies the list. */
    public Condition {
        remedies = List.copyOf(remedies);
    }

    /** It is so. */
    public static Condition met(String code, String text) {
        return new Condition(code, text, Status.MET, List.of(), Optional.empty());
    }

    /** It is not so, and these could make it so. */
    public static Condition unmet(String code, String text, String... remedies) {
        return new Condition(code, text, Status.UNMET, List.of(remedies), Optional.empty());
    }

    /** Nothing depends on it. */
    public static Condition note(String code, String text) {
        return new Condition(code, text, Status.NOTE, List.of(), Optional.empty());
    }

    /** The same, that will be met by itself. */
    public Condition earliest(Optional<Instant> instant) {
        return new Condition(code, text, status, remedies, instant);
    }

    /** Whether it keeps a release from starting. */
    public boolean isUnmet() {
        return status == Status.UNMET;
    }
}
