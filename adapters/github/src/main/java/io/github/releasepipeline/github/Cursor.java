package io.github.releasepipeline.github;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Where following a repository's pull requests stands. A walk first reads what ended since the last walk, then all that is
 * open, since checks and statuses change without moving a pull request's time of update.
 *
 * @param repository owner/name
 * @param phase what comes next
 * @param since ended ones that changed earlier are known; the beginning of time at first
 * @param started when this walk began, by GitHub's clock; the beginning of time before its first answer
 * @param after GitHub's own place within the phase; a page number by REST
 */
record Cursor(String repository, Phase phase, Instant since, Instant started, Optional<String> after) {
    private static final String VERSION = "github-1";
    private static final String NOTHING = "-";

    /** What a walk reads. */
    enum Phase {
        ENDED,
        OPEN
    }

    /** A new walk. */
    static Cursor walk(String repository, Instant since) {
        return new Cursor(repository, Phase.ENDED, since, Instant.EPOCH, Optional.empty());
    }

    static Cursor parse(String text, String repository) {
        String[] parts = text.split(" ", -1);
        try {
            if (parts.length == 6 && parts[0].equals(VERSION) && parts[1].equals(repository)) {
                return new Cursor(
                        repository,
                        Phase.valueOf(parts[2]),
                        Instant.parse(parts[3]),
                        Instant.parse(parts[4]),
                        parts[5].equals(NOTHING) ? Optional.empty() : Optional.of(parts[5]));
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(message(text, repository), e);
        }
        throw new IllegalArgumentException(message(text, repository));
    }

    Cursor begun(Instant at) {
        return started.equals(Instant.EPOCH) ? new Cursor(repository, phase, since, at, after) : this;
    }

    Cursor at(Phase next, Optional<String> place) {
        return new Cursor(repository, next, since, started, place);
    }

    private static String message(String text, String repository) {
        return "'" + text + "' is not a cursor of " + repository + " at GitHub";
    }

    @Override
    public String toString() {
        return String.join(
                " ", VERSION, repository, phase.name(), since.toString(), started.toString(), after.orElse(NOTHING));
    }
}
