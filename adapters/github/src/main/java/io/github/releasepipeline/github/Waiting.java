package io.github.releasepipeline.github;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for GitHub to get on. */
final class Waiting {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Waiting() {}

    /** A short pause, not beyond the deadline. */
    static void pause(Deadline deadline) {
        Duration time = deadline.left().compareTo(PAUSE) < 0 ? deadline.left() : PAUSE;
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Interrupted while waiting for GitHub", e);
        }
    }
}
