package io.github.releasepipeline.examples.house.violations;

import java.util.concurrent.TimeUnit;

/** Hopes instead of waiting for something. */
public final class Sleeps {
    void sleep() throws InterruptedException {
        Thread.sleep(1);
        TimeUnit.SECONDS.sleep(1);
    }
}
