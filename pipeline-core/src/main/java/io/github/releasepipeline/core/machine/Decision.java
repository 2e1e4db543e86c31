package io.github.releasepipeline.core.machine;

import io.github.releasepipeline.subject.DomainEvent;
import java.util.List;

/** What a rule says of a command: pure data, without effect. */
public sealed interface Decision {
    /**
     * The command is allowed and makes these facts.
     *
     * @param events in order; none if the command asks for what is already so
     */
    record Accepted(List<DomainEvent> events) implements Decision {
        /** Copies the list. */
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * The command is refused; nothing changes.
     *
     * @param rule stable name of the rule
     * @param message a sentence for people
     * @param allowed what may be done instead
     */
    record Refused(String rule, String message, List<String> allowed) implements Decision {
        /** Copies the list. */
        public Refused {
            allowed = List.copyOf(allowed);
        }
    }

    /** Allowed. */
    static Decision accept(DomainEvent... events) {
        return new Accepted(List.of(events));
    }

    /** Allowed. */
    static Decision accept(List<DomainEvent> events) {
        return new Accepted(events);
    }

    /** Refused. */
    static Decision refuse(String rule, String message, String... allowed) {
        return new Refused(rule, message, List.of(allowed));
    }
}
