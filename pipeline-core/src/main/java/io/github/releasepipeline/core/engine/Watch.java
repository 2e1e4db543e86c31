package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hears what this process commits about one subject, from when it is made until it is closed, so that who waits for it need
 * not ask the store. Waited on by one thread.
 *
 * @param <S> the subject's snapshot
 */
public final class Watch<S> implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final Pulse pulse;
    private final SubjectId<S> id;
    private final Predicate<Optional<S>> wakes;
    private boolean news;
    private @Nullable Stored<S> newest;

    Watch(Pulse pulse, SubjectId<S> id, Predicate<Optional<S>> wakes) {
        this.pulse = pulse;
        this.id = id;
        this.wakes = wakes;
    }

    /** @param now the snapshot, if it was changed; lines of a log do not change it */
    void tell(Optional<Stored<S>> now) {
        lock.lock();
        try {
            // Two threads may tell what they committed in another order than they did.
            now.filter(stored -> newest == null || stored.revision() > newest.revision())
                    .ifPresent(stored -> newest = stored);
            if (wakes.test(now.map(Stored::snapshot))) {
                news = true;
                told.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for news since the last call, at most for a time. What is no news may have been told meanwhile too.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void await(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (!news && left > 0) {
                left = told.awaitNanos(left);
            }
            news = false;
        } finally {
            lock.unlock();
        }
    }

    /** The newest snapshot that was committed here; empty if none was. */
    public Optional<S> newest() {
        lock.lock();
        try {
            return Optional.ofNullable(newest).map(Stored::snapshot);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        pulse.forget(id, this);
    }
}
