package io.github.releasepipeline.core.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Beats after each commit in this process, so that waiting threads look again. Thread-safe. */
public final class Pulse {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition beaten = lock.newCondition();
    private long beats;

    /** Beats. */
    public void beat() {
        lock.lock();
        try {
            beats++;
            beaten.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How often it has beaten. Read it before looking, hand it to {@link #await} after. */
    public long beats() {
        lock.lock();
        try {
            return beats;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until it has beaten more often than {@code seen}, or for a time: other processes do not make it beat.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void await(long seen, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (beats == seen && left > 0) {
                left = beaten.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
