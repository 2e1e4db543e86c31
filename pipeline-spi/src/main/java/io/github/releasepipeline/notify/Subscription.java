package io.github.releasepipeline.notify;

import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a notifier wants to hear of: an event that has one of the names, concerns one of the environments, and matters enough.
 * Several subscriptions are joined by {@link Predicate#or}:
 * {@code Subscription.to("release.*").in("production").or(Subscription.to("version.published"))}.
 *
 * @param events names of events, or beginnings of names that end with {@code *}; none means every event
 * @param environments none means every environment, and events that concern none
 * @param atLeast how much it has to matter
 */
public record Subscription(Set<String> events, Set<EnvironmentName> environments, Severity atLeast)
        implements Predicate<Notice> {
    private static final List<String> KNOWN = Stream.of(
                    PullRequestEvent.class,
                    AutomationEvent.class,
                    ChangeSetEvent.class,
                    VersionEvent.class,
                    ReleaseEvent.class,
                    EnvironmentEvent.class)
            .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
            .map(DomainEvent::name)
            .sorted()
            .toList();

    /**
     * Copies the sets.
     *
     * @throws IllegalArgumentException if a name covers no event that there is
     */
    public Subscription {
        events = Set.copyOf(events);
        environments = Set.copyOf(environments);
        for (String name : events) {
            if (KNOWN.stream().noneMatch(event -> covers(name, event))) {
                throw new IllegalArgumentException("There is no event '" + name + "'; there are " + KNOWN
                        + ", and beginnings of these followed by *");
            }
        }
    }

    /** To every event. */
    public static Subscription toEverything() {
        return new Subscription(Set.of(), Set.of(), Severity.DETAIL);
    }

    /**
     * To some events.
     *
     * @param events names, {@code release.succeeded}, or beginnings of names, {@code release.*}
     */
    public static Subscription to(String... events) {
        return new Subscription(Set.of(events), Set.of(), Severity.DETAIL);
    }

    /** The same, but only of what concerns these environments. */
    public Subscription in(String... names) {
        return new Subscription(
                events, Arrays.stream(names).map(EnvironmentName::new).collect(Collectors.toSet()), atLeast);
    }

    /** The same, but only of what matters so much. */
    public Subscription atLeast(Severity severity) {
        return new Subscription(events, environments, severity);
    }

    @Override
    public boolean test(Notice notice) {
        String event = notice.record().event().name();
        return notice.severity().isAtLeast(atLeast)
                && (events.isEmpty() || events.stream().anyMatch(name -> covers(name, event)))
                && (environments.isEmpty()
                        || notice.environment().filter(environments::contains).isPresent());
    }

    private static boolean covers(String name, String event) {
        return name.endsWith("*") ? event.startsWith(name.substring(0, name.length() - 1)) : event.equals(name);
    }
}
