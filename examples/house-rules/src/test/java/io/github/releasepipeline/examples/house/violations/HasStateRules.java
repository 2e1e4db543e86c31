package io.github.releasepipeline.examples.house.violations;

/** Decides by what it remembers. */
public final class HasStateRules {
    static int count;

    boolean decide() {
        return count++ > 0;
    }
}
