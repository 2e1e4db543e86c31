package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the letters of one notifier, on a thread of its own that lives as long as letters are due. Whatever the notifier
 * does, it does to its own lane only.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final int BATCH = 20;
    private static final Duration CLAIM = Duration.ofMinutes(5);

    private final Notifier notifier;
    private final Outbox outbox;
    private final Engine engine;
    private final ThreadFactory threads;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Optional<Thread> thread = Optional.empty();
    private volatile boolean closed;
    private int failures;
    private volatile Instant restsUntil = Instant.MIN;

    Lane(Notifier notifier, Outbox outbox, Engine engine) {
        this(notifier, outbox, engine, Thread::new);
    }

    Lane(Notifier notifier, Outbox outbox, Engine engine, ThreadFactory threads) {
        this.notifier = notifier;
        this.outbox = outbox;
        this.engine = engine;
        this.threads = threads;
    }

    /** Begins to bring what is due, or goes on after what it is bringing. Does nothing while it rests. */
    void wake() {
        if (open(engine.now()) && calls.getAndIncrement() == 0) {
            boolean started = false;
            try {
                start();
                started = true;
            } finally {
                if (!started) { // there is no thread to be had: the next call finds the lane free
                    calls.set(0);
                }
            }
        }
    }

    private void start() {
        Thread next = threads.newThread(this::run);
        next.setName("release-pipeline-notifier-" + notifier.name());
        next.setDaemon(true);
        thread = Optional.of(next);
        next.start();
    }

    private boolean open(Instant now) {
        return !closed && !now.isBefore(restsUntil);
    }

    private void run() {
        int heard;
        do {
            heard = calls.get();
            try {
                while (round()) {}
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("notifier", notifier.name())
                        .setCause(e)
                        .log("Letters could not be read or marked; trying again");
            } catch (Error e) {
                calls.set(0); // the next call finds the lane free
                throw e;
            }
        } while (!calls.compareAndSet(heard, 0));
    }

    /** Brings what is due now, at most so many; whether there may be more. */
    boolean round() {
        Instant now = engine.now();
        if (!open(now)) {
            return false;
        }
        List<Letter> due = outbox.take(notifier.name(), now, now.plus(CLAIM), BATCH);
        for (Letter letter : due) {
            Instant at = engine.now();
            if (!open(at)) {
                outbox.release(letter, closed ? at : restsUntil);
            } else if (at.isBefore(now.plus(CLAIM))) { // later it may be another node's: a later round takes it again
                bring(letter);
            }
        }
        return !due.isEmpty();
    }

    private void bring(Letter letter) {
        try {
            notifier.deliver(letter, engine.reader());
        } catch (AdapterException e) {
            failed(letter, e);
            return;
        } catch (RuntimeException
                | Error e) { // also of a library that is missing: it is this letter that did not arrive
            failed(letter, AdapterException.passing(e.getClass().getSimpleName() + ": " + e.getMessage(), e));
            return;
        }
        failures = 0;
        outbox.delivered(letter);
    }

    private void failed(Letter letter, AdapterException error) {
        String message = String.valueOf(error.getMessage());
        LOG.atWarn()
                .addKeyValue("notifier", letter.sink())
                .addKeyValue("letter", letter.key())
                .log("Not delivered: {}", message);
        if (!error.retryable()) {
            outbox.bury(letter, message);
            return;
        }
        Instant now = engine.now();
        failures++;
        restsUntil = BackOff.notifier(now, failures, error).orElse(restsUntil);
        if (letter.tries() + 1 >= BackOff.TRIES) {
            outbox.bury(letter, message);
        } else {
            outbox.postpone(letter, BackOff.letter(now, letter.tries(), error), message);
        }
    }

    /** Stops after the letter it is bringing. */
    void close() {
        closed = true;
    }

    /**
     * Waits for the letter it is bringing, then cuts it off.
     *
     * @return whether it came to its end by itself
     */
    boolean ended(Duration atMost) throws InterruptedException {
        Optional<Thread> last = thread;
        if (last.isPresent()) {
            last.get().join(atMost.toMillis());
            last.get().interrupt();
        }
        return last.map(worker -> !worker.isAlive()).orElse(true);
    }
}
