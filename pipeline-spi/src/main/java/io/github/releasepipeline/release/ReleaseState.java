package io.github.releasepipeline.release;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How far a release is, with what is true there. */
public sealed interface ReleaseState {
    /** Names of the states, for columns, filters and tags. */
    enum Kind {
        /** Waiting for approvals. */
        PENDING_APPROVAL,
        /** Approved, waiting for somebody to press Deploy. */
        READY,
        /** Waiting for the environment. */
        QUEUED,
        /** Running. */
        IN_PROGRESS,
        /** Stopped on the way; a person decides how to go on. */
        PAUSED,
        /** Done. */
        SUCCEEDED,
        /** Ended with an error. */
        FAILED,
        /** Reverted by a rollback that succeeded. */
        ROLLED_BACK,
        /** Somebody who may approve said no. */
        REJECTED,
        /** Called off. */
        CANCELLED,
        /** A newer release took its place. */
        SUPERSEDED,
        /** The approvals did not come in time. */
        EXPIRED;

        /** The words for people, {@code Pending approval} for example. */
        public String label() {
            return name().charAt(0)
                    + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Whether it has not ended: it waits or runs. */
        public boolean isUnderWay() {
            return switch (this) {
                case PENDING_APPROVAL, READY, QUEUED, IN_PROGRESS, PAUSED -> true;
                case SUCCEEDED, FAILED, ROLLED_BACK, REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> false;
            };
        }
    }

    /** The name of this state. */
    Kind kind();

    /**
     * Waiting for approvals.
     *
     * @param since when it began to wait
     * @param note why earlier approvals lapsed; absent if none did
     */
    record PendingApproval(Instant since, Optional<String> note) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.PENDING_APPROVAL;
        }
    }

    /**
     * Waiting for somebody to press Deploy.
     *
     * @param since when it was approved
     */
    record Ready(Instant since) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.READY;
        }
    }

    /**
     * Waiting for the environment.
     *
     * @param since when it was queued
     * @param by who wants it started
     * @param before what it was before, ready or failed, and is again if it is sent back
     */
    record Queued(Instant since, Actor by, ReleaseState before) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.QUEUED;
        }
    }

    /**
     * Running.
     *
     * @param since when the attempt started
     * @param cancellation who wants it called off, if anybody does
     */
    record InProgress(Instant since, Optional<Cancellation> cancellation) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.IN_PROGRESS;
        }
    }

    /**
     * A wish to call a running release off.
     *
     * @param by whose
     * @param reason why
     */
    record Cancellation(Actor by, String reason) {}

    /**
     * Stopped on the way.
     *
     * @param step the step whose outcome is unknown, or that waits for a person
     * @param why what is known of it
     * @param since when
     * @param cancellation who wants the release called off, if anybody does
     */
    record Paused(Step step, String why, Instant since, Optional<Cancellation> cancellation) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.PAUSED;
        }
    }

    /**
     * Done.
     *
     * @param at when
     */
    record Succeeded(Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.SUCCEEDED;
        }
    }

    /**
     * Ended with an error.
     *
     * @param step where
     * @param failure what sort of error
     * @param message what the target or gate said
     * @param at when
     */
    record Failed(Step step, FailureKind failure, String message, Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.FAILED;
        }
    }

    /**
     * Reverted.
     *
     * @param by the rollback
     * @param endedAt when this release itself ended
     * @param succeeded whether this release itself had succeeded
     * @param at when it was reverted
     */
    record RolledBack(ReleaseId by, Instant endedAt, boolean succeeded, Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.ROLLED_BACK;
        }
    }

    /**
     * Refused by an approver.
     *
     * @param by who
     * @param reason why
     * @param at when
     */
    record Rejected(Actor by, String reason, Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.REJECTED;
        }
    }

    /**
     * Called off.
     *
     * @param by who
     * @param reason why
     * @param at when
     */
    record Cancelled(Actor by, String reason, Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.CANCELLED;
        }
    }

    /**
     * A newer release took its place.
     *
     * @param by which
     * @param at when
     */
    record Superseded(ReleaseId by, Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.SUPERSEDED;
        }
    }

    /**
     * The approvals did not come in time.
     *
     * @param at when
     */
    record Expired(Instant at) implements ReleaseState {
        @Override
        public Kind kind() {
            return Kind.EXPIRED;
        }
    }

    /** When the release ended by itself, before any later rollback; empty while it waits or runs. */
    default Optional<Instant> finishedAt() {
        return switch (kind()) {
            case PENDING_APPROVAL, READY, QUEUED, IN_PROGRESS, PAUSED -> Optional.empty();
            case SUCCEEDED -> Optional.of(((Succeeded) this).at());
            case FAILED -> Optional.of(((Failed) this).at());
            case ROLLED_BACK -> Optional.of(((RolledBack) this).endedAt());
            case REJECTED -> Optional.of(((Rejected) this).at());
            case CANCELLED -> Optional.of(((Cancelled) this).at());
            case SUPERSEDED -> Optional.of(((Superseded) this).at());
            case EXPIRED -> Optional.of(((Expired) this).at());
        };
    }
}
