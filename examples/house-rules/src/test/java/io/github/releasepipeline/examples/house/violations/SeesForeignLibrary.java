package io.github.releasepipeline.examples.house.violations;

import org.slf4j.Logger;

/** Uses a library that its row does not name. */
public final class SeesForeignLibrary {
    void log(Logger log) {
        log.info("a library more");
    }
}
