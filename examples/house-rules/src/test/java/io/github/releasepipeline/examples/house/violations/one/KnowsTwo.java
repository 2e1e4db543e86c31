package io.github.releasepipeline.examples.house.violations.one;

import io.github.releasepipeline.examples.house.violations.two.KnowsOne;

/** Knows the other package, which knows this one. */
public final class KnowsTwo {
    boolean knows(KnowsOne one) {
        return one.knows(this);
    }
}
