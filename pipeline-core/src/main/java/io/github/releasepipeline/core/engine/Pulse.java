package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Beats after each commit in this process, so that waiting threads look again; who waits for one subject only is told of that
 * one. Thread-safe.
 */
public final class Pulse {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition beaten = lock.newCondition();
    private final Map<SubjectId<?>, Set<Watch<?>>> watches = new ConcurrentHashMap<>();
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

    /**
     * Beats, and tells who watches.
     *
     * @param committed the subjects of a commit, with their snapshots where they were changed
     */
    void beat(Map<SubjectId<?>, Optional<Stored<?>>> committed) {
        beat();
        committed.forEach((id, now) -> watches.getOrDefault(id, Set.of()).forEach(watch -> tell(watch, now)));
    }

    @SuppressWarnings("unchecked") // under an id there is only ever its own sort of snapshot
    private static <S> void tell(Watch<S> watch, Optional<Stored<?>> now) {
        watch.tell(now.map(stored -> (Stored<S>) stored));
    }

    /**
     * Begins to watch a subject. Close it when it is not needed any more.
     *
     * @param news whether a snapshot that was committed, or a commit that did not change it, is worth to be woken for; asked on
     *     the thread that commits
     */
    public <S> Watch<S> watch(SubjectId<S> id, Predicate<Optional<S>> news) {
        Watch<S> watch = new Watch<>(this, id, news);
        watches.compute(id, (key, others) -> {
            Set<Watch<?>> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(watch);
            return all;
        });
        return watch;
    }

    void forget(SubjectId<?> id, Watch<?> watch) {
        watches.computeIfPresent(id, (key, all) -> {
            all.remove(watch);
            return all.isEmpty() ? null : all;
        });
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
