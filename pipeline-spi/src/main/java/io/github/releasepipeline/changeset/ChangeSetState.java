package io.github.releasepipeline.changeset;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;

/** How far a change set is, with what is true there. */
public sealed interface ChangeSetState {
    /** Names of the states, for columns, filters and tags. */
    enum Kind {
        /** Being put together; may hold unmerged pull requests. */
        DRAFT,
        /** Proposed, waiting for a review. */
        PENDING_REVIEW,
        /** Every pull request is merged; ready to be versioned. */
        READY,
        /** Frozen: part of a version. */
        VERSIONED,
        /** Given up; its pull requests are free for other sets. */
        ABANDONED
    }

    /** The name of this state. */
    Kind kind();

    /** Being put together. */
    record Draft() implements ChangeSetState {
        @Override
        public Kind kind() {
            return Kind.DRAFT;
        }
    }

    /**
     * Waiting for a review.
     *
     * @param by who proposed it
     * @param since when
     */
    record PendingReview(Actor by, Instant since) implements ChangeSetState {
        @Override
        public Kind kind() {
            return Kind.PENDING_REVIEW;
        }
    }

    /**
     * Ready to be versioned.
     *
     * @param by who made it ready
     * @param since when
     */
    record Ready(Actor by, Instant since) implements ChangeSetState {
        @Override
        public Kind kind() {
            return Kind.READY;
        }
    }

    /**
     * Part of a version.
     *
     * @param tag the version's tag without build metadata
     * @param since when
     */
    record Versioned(String tag, Instant since) implements ChangeSetState {
        @Override
        public Kind kind() {
            return Kind.VERSIONED;
        }
    }

    /**
     * Given up.
     *
     * @param by who gave it up
     * @param reason why
     * @param since when
     */
    record Abandoned(Actor by, String reason, Instant since) implements ChangeSetState {
        @Override
        public Kind kind() {
            return Kind.ABANDONED;
        }
    }
}
