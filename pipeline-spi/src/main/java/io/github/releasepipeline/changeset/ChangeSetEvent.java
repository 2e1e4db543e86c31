package io.github.releasepipeline.changeset;

import io.github.releasepipeline.subject.DomainEvent;
import java.util.List;

/** What can happen to a change set. */
public sealed interface ChangeSetEvent extends DomainEvent {
    /**
     * It was made.
     *
     * @param changeSetName its name
     * @param description its description
     * @param type its type
     * @param pullRequests its members
     */
    record Created(String changeSetName, String description, ChangeType type, List<Long> pullRequests)
            implements ChangeSetEvent {}

    /**
     * Its words or members changed; it is a draft again.
     *
     * @param changeSetName its name now
     * @param description its description now
     * @param type its type now
     * @param pullRequests its members now
     */
    record Edited(String changeSetName, String description, ChangeType type, List<Long> pullRequests)
            implements ChangeSetEvent {}

    /** It waits for a review. */
    record Proposed() implements ChangeSetEvent {}

    /** A reviewer sent it back. */
    record SentBack() implements ChangeSetEvent {}

    /** It is ready to be versioned. */
    record Readied() implements ChangeSetEvent {}

    /**
     * It became part of a version and is frozen.
     *
     * @param tag the version's tag without build metadata
     */
    record Versioned(String tag) implements ChangeSetEvent {}

    /**
     * The version it was part of was discarded before it was published; the set is ready again.
     *
     * @param tag the version's tag without build metadata
     */
    record Unversioned(String tag) implements ChangeSetEvent {}

    /** It was given up. */
    record Abandoned() implements ChangeSetEvent {}
}
