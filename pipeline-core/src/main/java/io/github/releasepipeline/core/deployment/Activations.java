package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
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
                            release.id(), release.version(), release.number(), release.manifest()));
        } else if (step == Step.ACTIVATE_PREVIOUS) {
            unit.record(
                    EnvironmentMachine.MACHINE,
                    environment,
                    new EnvironmentEvent.RolledBackTo(
                            release.id(), release.version(), release.number(), release.manifest()));
        } else if (step == Step.VERIFY && unit.get(environment).degradation().isPresent()) {
            unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.Repaired());
        }
    }
}
