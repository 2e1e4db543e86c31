package io.github.releasepipeline.store;

import io.github.releasepipeline.subject.SubjectId;
import java.time.Instant;

/**
 * How far the pull requests of a repository have been read.
 *
 * @param repository its name
 * @param cursor where to go on
 * @param at when it was last read
 * @param begun when it was first read
 * @param complete whether it was ever read to its end: what is found merged before that is history
 */
public record SyncPoint(String repository, String cursor, Instant at, Instant begun, boolean complete) {
    /** Its id. */
    public Id id() {
        return new Id(repository);
    }

    /**
     * Identity of a repository's sync point.
     *
     * @param value the repository's name
     */
    public record Id(String value) implements SubjectId<SyncPoint> {
        @Override
        public String type() {
            return "sync-point";
        }
    }
}
