package io.github.releasepipeline.examples.house.violations;

/** Writes where only a program may. */
public final class WritesToTheConsole {
    void write() {
        System.out.println("out");
        System.err.println("err");
    }
}
