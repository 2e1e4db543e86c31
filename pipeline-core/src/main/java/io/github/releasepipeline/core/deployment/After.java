package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.release.StepRules;

/** How it goes on after a commit of the worker. */
sealed interface After {
    /** Not with this worker. */
    record Rest() implements After {}

    /** With the next move. */
    record GoOn() implements After {}

    /** With this step, whose intent was committed. */
    record Begun(StepRules.Move.Begin begin) implements After {}
}
