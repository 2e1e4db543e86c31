package io.github.releasepipeline.notify;

import io.github.releasepipeline.subject.DomainEvent;
import java.time.Duration;
import java.util.Locale;

/** Small pieces of language. */
final class Words {
    private Words() {}

    /** {@code IN_PROGRESS} as {@code in progress}. */
    static String spaced(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** {@code environment.hold-placed} as {@code hold placed}. */
    static String event(DomainEvent event) {
        String name = event.name();
        return name.substring(name.indexOf('.') + 1).replace('-', ' ');
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code 1 h 2 min 3 s}; below a second {@code 0 s}. */
    static String time(Duration duration) {
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append(" h ");
        }
        if (duration.toMinutes() > 0) {
            text.append(duration.toMinutesPart()).append(" min ");
        }
        return text.append(duration.toSecondsPart()).append(" s").toString();
    }
}
