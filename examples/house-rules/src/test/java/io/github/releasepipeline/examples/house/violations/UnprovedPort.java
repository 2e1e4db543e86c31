package io.github.releasepipeline.examples.house.violations;

/**
 * Port: to nowhere, without a contract.
 */
public interface UnprovedPort {
    /** Works, or not: nobody has tried. */
    void work();
}
