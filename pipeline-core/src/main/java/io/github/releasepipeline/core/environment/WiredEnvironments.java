package io.github.releasepipeline.core.environment;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.subject.Text;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The environments of a pipeline, in the order they were configured. */
public final class WiredEnvironments {
    private static final int SHOWN = 60; // letters of what somebody said

    private final Map<String, WiredEnvironment> byName;

    /** @param environments in order, names unique */
    public WiredEnvironments(List<WiredEnvironment> environments) {
        Map<String, WiredEnvironment> map = new LinkedHashMap<>();
        environments.forEach(environment -> map.put(environment.name().value(), environment));
        byName = Collections.unmodifiableMap(map);
    }

    /** One environment; empty if it is not configured, or not any more. */
    public Optional<WiredEnvironment> find(EnvironmentName name) {
        return Optional.ofNullable(byName.get(name.value()));
    }

    /**
     * One environment.
     *
     * @throws NotFoundException naming those that there are
     */
    public WiredEnvironment get(EnvironmentName name) {
        return get(name.value());
    }

    /**
     * The environment that somebody named, whatever they said.
     *
     * @throws NotFoundException naming those that there are
     */
    public WiredEnvironment get(String name) {
        WiredEnvironment environment = byName.get(name);
        if (environment == null) {
            throw new NotFoundException("environment", Text.shown(name, SHOWN) + "' among '" + byName.keySet());
        }
        return environment;
    }

    /** All, in order. */
    public Collection<WiredEnvironment> all() {
        return byName.values();
    }
}
