package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Letter;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings letters to notifiers, on one thread of its own: when something was committed here, and every few seconds for what
 * other nodes left. A notifier that fails holds up its own letters only; one that hangs holds up all.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final int BATCH = 50;
    private static final int TRIES = 12;
    private static final Duration CLAIM = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration ROUND = Duration.ofSeconds(5);

    private final Outbox outbox;
    private final Map<String, Notifier> notifiers;
    private final Engine engine;
    private final Pulse pulse;
    private final Thread thread = new Thread(this::run, "release-pipeline-relay");
    private volatile boolean closed;

    /** @param pulse beats when something was committed */
    public Relay(Outbox outbox, List<Notifier> notifiers, Engine engine, Pulse pulse) {
        this.outbox = outbox;
        this.notifiers = notifiers.stream().collect(Collectors.toMap(Notifier::name, Function.identity()));
        this.engine = engine;
        this.pulse = pulse;
        thread.setDaemon(true);
    }

    /** Begins. Does nothing without notifiers. */
    public void start() {
        if (!notifiers.isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            long seen = pulse.beats();
            try {
                if (!round()) {
                    pulse.await(seen, ROUND);
                }
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException e) {
                LOG.atWarn().setCause(e).log("Letters could not be brought out; trying again");
                rest(seen);
            }
        }
    }

    private void rest(long seen) {
        try {
            pulse.await(seen, ROUND);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /** Brings out what is due now. Public for hosts and tests that want it done at once. */
    public synchronized boolean round() {
        Instant now = engine.now();
        List<Letter> due = outbox.take(now, now.plus(CLAIM), BATCH);
        for (Letter letter : due) {
            if (engine.now()
                    .isBefore(now.plus(CLAIM))) { // later it may be another node's: the next round takes it again
                bring(letter);
            }
        }
        return !due.isEmpty();
    }

    private void bring(Letter letter) {
        Notifier notifier = notifiers.get(letter.sink());
        if (notifier == null) {
            outbox.bury(letter, "There is no notifier '" + letter.sink() + "' any more");
            return;
        }
        try {
            notifier.deliver(letter);
        } catch (AdapterException e) {
            failed(letter, String.valueOf(e.getMessage()), e.retryable());
            return;
        } catch (RuntimeException | LinkageError e) { // a notifier that lacks a library must not end the relay
            failed(letter, e.getClass().getSimpleName() + ": " + e.getMessage(), true);
            return;
        }
        outbox.delivered(letter);
    }

    private void failed(Letter letter, String error, boolean retryable) {
        LOG.atWarn()
                .addKeyValue("notifier", letter.sink())
                .addKeyValue("letter", letter.key())
                .log("Not delivered: {}", error);
        if (!retryable || letter.tries() + 1 >= TRIES) {
            outbox.bury(letter, error);
            return;
        }
        long pause = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << letter.tries());
        outbox.postpone(letter, engine.now().plusMillis(pause), error);
    }

    /** Stops after the letter it is bringing. */
    @Override
    public void close() {
        closed = true;
        pulse.beat();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
