package io.github.releasepipeline.http;

import io.github.releasepipeline.error.AdapterException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Pauses between repetitions. */
final class Pause {
    private static final Duration FIRST = Duration.ofMillis(200);

    private Pause() {}

    /** Twice as long each time, by chance between half of it and all of it, so that many callers do not come at once. */
    static Duration before(int repetition) {
        long most = FIRST.toMillis() << Math.min(repetition - 1, 6);
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    }

    static void take(Duration time, String why) {
        try {
            new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Interrupted while waiting to repeat " + why, e);
        }
    }
}
