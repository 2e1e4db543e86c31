package io.github.releasepipeline.examples.house.violations;

import io.github.releasepipeline.core.engine.Engine;

/** An adapter that uses the engine, and a published class that shows it. */
public final class SeesCoreInternals {
    private final Engine engine;

    SeesCoreInternals(Engine engine) {
        this.engine = engine;
    }

    /** Shows it. */
    public Engine engine() {
        return engine;
    }
}
