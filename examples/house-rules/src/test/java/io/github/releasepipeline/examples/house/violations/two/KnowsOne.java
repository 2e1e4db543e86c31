package io.github.releasepipeline.examples.house.violations.two;

import io.github.releasepipeline.examples.house.violations.one.KnowsTwo;

/** Knows the other package, which knows this one. */
public final class KnowsOne {
    /** Whether it knows. */
    public boolean knows(KnowsTwo two) {
        return two.equals(this);
    }
}
