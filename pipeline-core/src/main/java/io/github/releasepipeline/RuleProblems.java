package io.github.releasepipeline;

import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.EnvironmentName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with automatic rules, while they are configured. */
final class RuleProblems {
    private final Map<String, WiredEnvironment> environments;

    /** @param environments all, by name */
    RuleProblems(Map<String, WiredEnvironment> environments) {
        this.environments = environments;
    }

    List<String> of(List<AutoChangeSetRule> rules) {
        List<String> found = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        for (AutoChangeSetRule rule : rules) {
            String where = "The automatic rule for label '" + rule.label() + "' ";
            if (!labels.add(rule.label())) {
                found.add(where + "is configured twice");
            }
            rule.autoDeployTo()
                    .forEach(name ->
                            problem(name).ifPresent(why -> found.add(where + "deploys to '" + name + "', " + why)));
        }
        return found;
    }

    private Optional<String> problem(EnvironmentName name) {
        if (!environments.containsKey(name.value())) {
            return Optional.of("which is not one of " + environments.keySet());
        }
        // Rules publish on the repository's one line.
        String line = environments.get(name.value()).policy().line();
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of("which takes versions of component '" + line
                        + "' only: rules make versions of the whole repository");
    }
}
