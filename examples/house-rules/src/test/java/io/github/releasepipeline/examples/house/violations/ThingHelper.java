package io.github.releasepipeline.examples.house.violations;

/** Says nothing. */
public final class ThingHelper {}
