package io.github.releasepipeline.examples.house.violations;

/** Writes where nobody looks. */
public final class PrintsStackTraces {
    void print(IllegalStateException e) {
        e.printStackTrace();
    }
}
