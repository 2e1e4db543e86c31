package io.github.releasepipeline.environment;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What can happen to an environment. */
public sealed interface EnvironmentEvent extends DomainEvent {
    /**
     * A release waits for the slot.
     *
     * @param release which
     * @param number the version it brings
     * @param releaseKind rollbacks go first
     */
    record Enqueued(ReleaseId release, VersionNumber number, ReleaseKind releaseKind) implements EnvironmentEvent {}

    /**
     * A release waits no longer: it was cancelled or superseded.
     *
     * @param release which
     */
    record Dequeued(ReleaseId release) implements EnvironmentEvent {}

    /**
     * A release, waiting or not, got the slot.
     *
     * @param release which
     * @param fencingToken under which it runs
     */
    record SlotTaken(ReleaseId release, long fencingToken) implements EnvironmentEvent {}

    /**
     * Another worker goes on with the running release.
     *
     * @param release which
     * @param fencingToken under which it goes on
     */
    record SlotTakenOver(ReleaseId release, long fencingToken) implements EnvironmentEvent {}

    /**
     * A person raised the token: the target knows a newer one than was handed out here.
     *
     * @param fencingToken what it is now
     */
    record TokenRaised(long fencingToken) implements EnvironmentEvent {}

    /**
     * A release gave the slot back.
     *
     * @param release which
     */
    record SlotFreed(ReleaseId release) implements EnvironmentEvent {}

    /**
     * A deployment made a version active.
     *
     * @param release the deployment
     * @param version which
     * @param number its number
     * @param manifest digest of its manifest
     * @param watch how long it is watched before it counts as verified; absent if it does with this
     */
    record Activated(
            ReleaseId release, VersionId version, VersionNumber number, Digest manifest, Optional<Duration> watch)
            implements EnvironmentEvent {}

    /**
     * The active version is proved.
     *
     * @param release the release that activated it
     */
    record Verified(ReleaseId release) implements EnvironmentEvent {}

    /**
     * The active version is not proved, and not watched any more.
     *
     * @param release the release that activated it
     * @param failure whether a check said no, or none could say anything
     * @param why what was said
     */
    record VerificationFailed(ReleaseId release, FailureKind failure, String why) implements EnvironmentEvent {}

    /**
     * A rollback made an earlier version active; the versions since are no rollback targets any more.
     *
     * @param release the rollback
     * @param version which
     * @param number its number
     * @param manifest digest of its manifest
     */
    record RolledBackTo(ReleaseId release, VersionId version, VersionNumber number, Digest manifest)
            implements EnvironmentEvent {}

    /**
     * Something could not be put right.
     *
     * @param why what happened
     * @param items what could not be restored
     */
    record Degraded(String why, List<ItemId> items) implements EnvironmentEvent {}

    /** It is as it should be again. */
    record Repaired() implements EnvironmentEvent {}

    /** Automatic deployments stop. */
    record HoldPlaced() implements EnvironmentEvent {}

    /** Automatic deployments go on. */
    record HoldLifted() implements EnvironmentEvent {}
}
