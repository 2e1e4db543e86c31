package io.github.releasepipeline.subject;

import java.util.Locale;

/** The names of event classes, worked out once for each. */
final class EventNames {
    private static final ClassValue<String> NAMES = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> event) {
            String family = event.getEnclosingClass().getSimpleName().replaceFirst("Event$", "");
            return kebab(family) + "." + kebab(event.getSimpleName());
        }
    };

    private EventNames() {}

    static String of(Class<?> event) {
        return NAMES.get(event);
    }

    private static String kebab(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
