package io.github.releasepipeline.subject;

import java.util.Locale;

/**
 * A fact that happened to one subject. Events are records nested in the sealed interface of their family; their audit
 * name follows from the two class names: {@code ReleaseEvent.StepStarted} is {@code release.step-started}.
 */
public interface DomainEvent {
    /** Stable name in the audit trail. */
    default String name() {
        return name(getClass());
    }

    /** The audit name of an event class. */
    static String name(Class<?> event) {
        String family = event.getEnclosingClass().getSimpleName().replaceFirst("Event$", "");
        return kebab(family) + "." + kebab(event.getSimpleName());
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
