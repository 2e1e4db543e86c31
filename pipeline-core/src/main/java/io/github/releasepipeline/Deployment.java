package io.github.releasepipeline;

import io.github.releasepipeline.core.engine.Watch;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A release that was started, to be followed. Not thread-safe; following does not influence the release. */
public final class Deployment {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Wiring wiring;
    private final ReleaseId id;
    private Optional<Consumer<LogLine>> follower = Optional.empty();
    private long seen;

    Deployment(Wiring wiring, ReleaseId id) {
        this.wiring = wiring;
        this.id = id;
    }

    /** The release's id. */
    public ReleaseId id() {
        return id;
    }

    /** The release as it is now. */
    public Release release() {
        return wiring.engine().get(id);
    }

    /**
     * Hands every line of the log to {@code consumer} during {@link #await}: first those written already, then each new
     * one, each once and in order, on the thread that waits.
     * An exception of the consumer comes out of {@link #await}, and its line does not come again.
     */
    public Deployment onLog(Consumer<LogLine> consumer) {
        follower = Optional.of(consumer);
        return this;
    }

    /**
     * Waits until the release has ended or waits for people (approvals, a press of Deploy after it was sent back from the queue, a
     * verdict, a decision on a lost step), at most for a time. If the thread is interrupted, it returns at once with the
     * interrupt flag set. Not for a transaction of the host: what it orders begins when that is committed.
     *
     * @return the release as it is then; ask its state whether it has ended
     * @throws AdapterException if the store cannot be read; the release goes on all the same
     */
    public Release await(Duration atMost) {
        long begin = System.nanoTime();
        try (Watch<Release> watch = wiring.pulse().watch(id, this::isNews)) {
            Release release = read(() -> wiring.engine().seen(id));
            release = rests(release) ? read(this::release) : release; // it may have been started again elsewhere
            long looked = System.nanoTime();
            while (true) {
                drain();
                if (rests(release)) {
                    return release;
                }
                Duration left = left(begin, atMost);
                if (left.isZero()) {
                    Release last = read(this::release);
                    if (rests(last)) {
                        drain(); // it has come to rest just now
                    }
                    return last;
                }
                watch.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
                // What another process commits is not heard of here.
                if (System.nanoTime() - looked >= LOOK_AGAIN.toNanos()) {
                    release = read(this::release);
                    looked = System.nanoTime();
                } else {
                    release = watch.newest().orElse(release);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return read(this::release);
        }
    }

    /** Reads even if the thread is interrupted: some stores have no connection for one that is. */
    private static <R> R read(Supplier<R> store) {
        try {
            return store.get();
        } catch (AdapterException e) {
            if (!Thread.interrupted()) {
                throw e;
            }
            try {
                return read(store);
            } finally {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Duration left(long begin, Duration atMost) {
        Duration left = atMost.minusNanos(System.nanoTime() - begin);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Who follows the log hears of every line, and everybody of the end. */
    private boolean isNews(Optional<Release> committed) {
        return follower.isPresent() || committed.filter(Deployment::rests).isPresent();
    }

    private static boolean rests(Release release) {
        return switch (release.state().kind()) {
            case QUEUED, IN_PROGRESS -> false;
            default -> true;
        };
    }

    private void drain() {
        follower.ifPresent(this::drain);
    }

    private void drain(Consumer<LogLine> consumer) {
        List<LogLine> lines;
        do {
            lines = read(() -> wiring.store().logs().after(id, seen, PageRequest.MAX_SIZE));
            for (LogLine line : lines) {
                seen = line.sequence();
                consumer.accept(line);
            }
        } while (lines.size() == PageRequest.MAX_SIZE);
    }
}
