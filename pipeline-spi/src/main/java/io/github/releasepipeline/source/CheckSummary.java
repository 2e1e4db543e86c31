package io.github.releasepipeline.source;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Checks of one head commit.
 *
 * @param checks each check once, newest run
 */
public record CheckSummary(List<Check> checks) {
    /** How a check stands. */
    public enum Status {
        /** Passed, neutral or skipped. */
        PASSED,
        /** Failed, timed out or cancelled. */
        FAILED,
        /** Not finished. */
        PENDING,
        /** A word that is not known here; see {@code rawStatus}. */
        UNKNOWN
    }

    /**
     * One check.
     *
     * @param name as the provider shows it
     * @param status how it stands
     * @param rawStatus the provider's word for it
     * @param summary one line of result, possibly empty
     * @param link where its result is shown
     */
    public record Check(String name, Status status, String rawStatus, String summary, Optional<URI> link) {}

    /** Copies the list. */
    public CheckSummary {
        checks = List.copyOf(checks);
    }

    /** No checks. */
    public static CheckSummary none() {
        return new CheckSummary(List.of());
    }

    /** How many passed. */
    public int passed() {
        return (int)
                checks.stream().filter(check -> check.status() == Status.PASSED).count();
    }

    /** How many there are. */
    public int total() {
        return checks.size();
    }

    /** Whether any check failed. */
    public boolean anyFailed() {
        return checks.stream().anyMatch(check -> check.status() == Status.FAILED);
    }

    /** As tables show it: {@code 3/5 passed}, or {@code none}. */
    @Override
    public String toString() {
        return checks.isEmpty() ? "none" : passed() + "/" + total() + " passed";
    }
}
