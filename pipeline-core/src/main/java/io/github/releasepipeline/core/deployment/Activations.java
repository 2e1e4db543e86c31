package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.release.ForceRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;

/** What a step that is done means for its environment. */
public final class Activations {
    private Activations() {}

    /** Records which version is active now, or that the environment is sound again; nothing for other steps. */
    public static void record(UnitOfWork unit, Release release, Step step) {
        EnvironmentId environment = new EnvironmentId(release.environment());
        if (step == Step.ACTIVATE) {
            unit.record(
                    EnvironmentMachine.MACHINE,
                    environment,
                    new EnvironmentEvent.Activated(
                            release.id(),
                            release.version(),
                            release.number(),
                            release.manifest(),
                            release.policy().steps().watch().map(WatchPolicy::time)));
            if (ForceRules.isForced(release, unit.get(environment))) {
                unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.Repaired());
            }
        } else if (step == Step.ACTIVATE_PREVIOUS) {
            Reversals.activated(unit, release, unit.get(environment));
            unit.record(
                    EnvironmentMachine.MACHINE,
                    environment,
                    new EnvironmentEvent.RolledBackTo(
                            release.id(), release.version(), release.number(), release.manifest()));
        } else if (step == Step.VERIFY) {
            verified(unit, release, unit.get(environment));
        }
    }

    private static void verified(UnitOfWork unit, Release release, Environment environment) {
        if (environment.degradation().isPresent()) {
            unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Repaired());
        }
        if (environment.active().filter(active -> active.verified().isEmpty()).isPresent()) {
            unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Verified(release.id()));
        }
    }
}
