package io.github.releasepipeline.examples.house.violations;

import java.util.logging.Logger;

/** Logs past SLF4J. */
public final class LogsByTheJdk {
    void log() {
        Logger.getLogger("house").info("past SLF4J");
    }
}
