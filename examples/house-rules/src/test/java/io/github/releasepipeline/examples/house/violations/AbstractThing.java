package io.github.releasepipeline.examples.house.violations;

/** Says how it is made. */
public abstract class AbstractThing {}
