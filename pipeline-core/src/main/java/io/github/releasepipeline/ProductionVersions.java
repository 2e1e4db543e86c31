package io.github.releasepipeline;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Hotfix;
import java.util.List;
import java.util.Optional;

/** Tells which version a hotfix corrects. */
record ProductionVersions(Engine engine, WiredEnvironments environments) {
    /**
     * The version that is active in production.
     *
     * @param line the line of the hotfix
     * @param name the environment, if somebody named it; else the only one that takes versions of the line to production
     */
    Hotfix base(String line, Optional<String> name) {
        WiredEnvironment environment = name.map(environments::get).orElseGet(() -> only(line));
        if (environment.policy().tier() != Tier.PRODUCTION
                || !environment.policy().line().equals(line)) {
            throw refused("Environment " + environment.name() + " does not take "
                    + (line.isEmpty() ? "the repository's versions" : "versions of component " + line)
                    + " to production");
        }
        return engine.reader()
                .find(environment.id())
                .map(Stored::snapshot)
                .flatMap(Environment::active)
                .map(active -> new Hotfix(active.version(), active.number(), environment.name()))
                .orElseThrow(
                        () -> refused("Nothing is active in " + environment.name() + ": there is nothing to correct"));
    }

    private WiredEnvironment only(String line) {
        List<WiredEnvironment> production = environments.all().stream()
                .filter(environment -> environment.policy().tier() == Tier.PRODUCTION)
                .filter(environment -> environment.policy().line().equals(line))
                .toList();
        if (production.size() != 1) {
            throw refused("A hotfix corrects what is active in production; say in which environment: "
                    + production.stream().map(WiredEnvironment::name).toList());
        }
        return production.get(0);
    }

    private static RefusedException refused(String message) {
        return new RefusedException("version.hotfix", "version:hotfix", message, List.of());
    }
}
