package io.github.releasepipeline.examples.house.violations;

/** Hides a parameter in the thread. */
public final class KeepsPerThread {
    private static final ThreadLocal<String> ACTOR = ThreadLocal.withInitial(() -> "nobody");

    String actor() {
        return ACTOR.get();
    }
}
