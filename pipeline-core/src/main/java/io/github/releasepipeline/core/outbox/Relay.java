package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Outbox;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that letters are brought: looks for those that are due when something was committed here, and every few seconds
 * for what other nodes left and what was postponed. It calls no notifier itself; each has a lane.
 */
public final class Relay implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final Map<String, Lane> lanes;
    private final Pulse pulse;
    private final Set<String> strangers = new HashSet<>();
    private final Thread thread = new Thread(this::run, "release-pipeline-relay");
    private volatile boolean closed;

    /** @param pulse beats when something was committed */
    public Relay(Outbox outbox, List<Notifier> notifiers, Engine engine, Pulse pulse) {
        this.outbox = outbox;
        this.lanes = notifiers.stream()
                .collect(Collectors.toMap(Notifier::name, notifier -> new Lane(notifier, outbox, engine)));
        this.pulse = pulse;
        thread.setDaemon(true);
    }

    /** Begins. Does nothing without notifiers. */
    public void start() {
        if (!lanes.isEmpty()) {
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            long seen = pulse.beats();
            try {
                look();
            } catch (RuntimeException | Error e) { // no lane is woken any more when this thread is gone
                LOG.atWarn().setCause(e).log("Letters that are due cannot be brought now; looking again");
            }
            try {
                pulse.await(seen, ROUND);
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    /** Wakes the lanes that letters wait for; they see which are due. */
    void look() {
        for (String sink : outbox.sinks()) {
            Lane lane = lanes.get(sink);
            if (lane != null) {
                lane.wake();
            } else if (strangers.add(sink)) {
                LOG.atWarn()
                        .addKeyValue("notifier", sink)
                        .log("Letters wait for a notifier that is not configured here; they are kept");
            }
        }
    }

    /** Stops after the letters that are being brought. A notifier that does not come back within ten seconds is cut off. */
    @Override
    public void close() {
        closed = true;
        lanes.values().forEach(Lane::close);
        pulse.beat();
        try {
            thread.join(PATIENCE.toMillis());
            Duration patience = PATIENCE;
            for (Lane lane : lanes.values()) {
                if (!lane.ended(patience)) {
                    patience = Duration.ofMillis(1); // one that hangs uses it up for all
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}
