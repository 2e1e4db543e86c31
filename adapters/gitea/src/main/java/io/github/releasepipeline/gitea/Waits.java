package io.github.releasepipeline.gitea;

import io.github.releasepipeline.error.AdapterException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses while a server finishes what it was ordered to do. */
interface Waits {
    /** How often to look again: 0.25 + 0.5 + 1 + 2 + 4 seconds in all. */
    int MOST = 5;

    /** Really waits, each time twice as long. */
    Waits REAL = attempt -> {
        try {
            new CountDownLatch(1).await(250L << attempt, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Interrupted while waiting for the server; look what became of it", e);
        }
    };

    /** Waits before looking again, from 0. */
    void before(int attempt);
}
