package io.github.releasepipeline.examples.house.violations;

/** Says how it is made, in a package that is not null-marked. */
public final class ThingImpl {}
