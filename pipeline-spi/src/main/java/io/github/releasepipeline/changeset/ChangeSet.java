package io.github.releasepipeline.changeset;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;
import java.util.List;

/**
 * A named group of pull requests that are released together.
 *
 * @param id its id
 * @param name one line, as typed
 * @param description any text, possibly empty
 * @param type what sort of change it makes
 * @param pullRequests numbers in the order they were added, each once
 * @param createdBy who made it; a rule for automatic sets
 * @param createdAt when
 * @param state how far it is
 */
public record ChangeSet(
        ChangeSetId id,
        String name,
        String description,
        ChangeType type,
        List<Long> pullRequests,
        Actor createdBy,
        Instant createdAt,
        ChangeSetState state) {
    /** Copies the list. */
    public ChangeSet {
        pullRequests = List.copyOf(pullRequests);
    }
}
