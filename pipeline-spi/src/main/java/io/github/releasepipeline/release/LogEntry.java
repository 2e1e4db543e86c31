package io.github.releasepipeline.release;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a release's log, before it has its place.
 *
 * @param release whose
 * @param at when
 * @param attempt number of the attempt; 0 before the first
 * @param step during which step; absent between steps
 * @param level how it reads
 * @param text one line
 */
public record LogEntry(ReleaseId release, Instant at, int attempt, Optional<Step> step, Level level, String text) {
    /** How a line reads. */
    public enum Level {
        /** Something began or is under way. */
        INFO,
        /** Something is done; shown with a check mark. */
        SUCCESS,
        /** Something is odd. */
        WARNING,
        /** Something failed; shown with a cross. */
        ERROR
    }
}
