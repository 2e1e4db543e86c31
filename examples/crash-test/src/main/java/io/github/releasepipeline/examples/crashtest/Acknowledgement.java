package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.release.ReleaseId;
import java.util.Optional;

/**
 * A command that returned to its caller.
 *
 * @param command which
 * @param release what it was about
 * @param actor who gave it
 */
record Acknowledgement(Command command, ReleaseId release, String actor) {
    /** What people do in this test. */
    enum Command {
        REQUESTED,
        APPROVED,
        DEPLOYED,
        RETRIED,
        CANCELLED,
        RESOLVED,
        ROLLBACK_STARTED
    }

    private static final String MARK = "acknowledged";

    String line() {
        return MARK + " " + command + " " + release + " " + actor;
    }

    /** Reads what {@link #line} wrote; a process that is killed may leave half a line. */
    static Optional<Acknowledgement> read(String line) {
        String[] words = line.split(" ", -1);
        return words.length == 4 && words[0].equals(MARK)
                ? Optional.of(new Acknowledgement(Command.valueOf(words[1]), new ReleaseId(words[2]), words[3]))
                : Optional.empty();
    }
}
