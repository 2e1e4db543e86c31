package io.github.releasepipeline.core.machine;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import java.util.Optional;

/**
 * Folds events into a snapshot. Replaying a subject's events from nothing gives its snapshot.
 *
 * @param <I> the subject's id
 * @param <S> the subject's snapshot
 */
@FunctionalInterface
public interface Machine<I extends SubjectId<S>, S> {
    /**
     * The snapshot after an event.
     *
     * @param before the snapshot before; empty for the first event
     * @throws IllegalStateException if the event cannot happen then
     */
    S fold(I id, Optional<S> before, DomainEvent event, Stamp stamp);
}
