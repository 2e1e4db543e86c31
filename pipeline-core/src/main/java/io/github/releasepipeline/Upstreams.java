package io.github.releasepipeline;

import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.Upstream;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The order in which versions go from one environment to the next, while it is configured. */
final class Upstreams {
    private final Map<String, WiredEnvironment> environments;

    /** @param environments all, by name */
    Upstreams(Map<String, WiredEnvironment> environments) {
        this.environments = environments;
    }

    /** Why no version could ever come through the environments before this one; empty if one can. */
    Optional<String> problem(WiredEnvironment environment) {
        Set<EnvironmentName> seen = new LinkedHashSet<>(Set.of(environment.name()));
        Optional<Upstream> next = environment.policy().upstream();
        while (next.isPresent()) {
            EnvironmentName name = next.get().environment();
            if (!environments.containsKey(name.value())) {
                return Optional.of("comes after '" + name + "', which is not one of " + environments.keySet());
            }
            String line = environments.get(name.value()).policy().line();
            if (!line.equals(environment.policy().line())) {
                return Optional.of("comes after '" + name + "', where its versions never are: that takes " + takes(line)
                        + ", this " + takes(environment.policy().line()));
            }
            if (!seen.add(name)) {
                return Optional.of("comes after itself, by way of " + seen);
            }
            next = environments.get(name.value()).policy().upstream();
        }
        return Optional.empty();
    }

    private static String takes(String line) {
        return line.isEmpty() ? "versions of the whole repository" : "versions of component '" + line + "'";
    }
}
