package io.github.releasepipeline.json;

import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The event classes by their audit names. */
final class EventNames {
    /** Every family of events; a new family must be added here, or its records cannot be read. */
    static final List<Class<? extends DomainEvent>> FAMILIES = List.of(
            AutomationEvent.class,
            ChangeSetEvent.class,
            EnvironmentEvent.class,
            PullRequestEvent.class,
            ReleaseEvent.class,
            VersionEvent.class);

    private static final Map<String, Class<?>> BY_NAME = FAMILIES.stream()
            .flatMap(family -> SealedFamily.of(family).byKind().values().stream())
            .collect(Collectors.toUnmodifiableMap(DomainEvent::name, Function.identity()));

    private EventNames() {}

    static Optional<Class<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
