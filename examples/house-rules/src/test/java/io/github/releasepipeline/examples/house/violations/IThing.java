package io.github.releasepipeline.examples.house.violations;

/** Says that it is an interface. */
public interface IThing {}
