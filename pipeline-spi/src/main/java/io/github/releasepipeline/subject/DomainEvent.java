package io.github.releasepipeline.subject;

/**
 * A fact that happened to one subject. Events are records nested in the sealed interface of their family; their audit
 * name follows from the two class names: {@code ReleaseEvent.StepStarted} is {@code release.step-started}.
 */
public interface DomainEvent {
    /** Stable name in the audit trail. */
    default String name() {
        return EventNames.of(getClass());
    }

    /** The audit name of an event class. */
    static String name(Class<?> event) {
        return EventNames.of(event);
    }
}
