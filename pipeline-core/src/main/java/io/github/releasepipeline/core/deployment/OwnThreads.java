package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of this process, the only one that works on its store: a release that does not run here runs nowhere. By
 * itself it takes over what it finds running when it begins, and what broke off here; whatever else runs in the store may
 * run in another process after all, and is taken over if somebody asks for it.
 */
public final class OwnThreads implements WorkSharing {
    private static final Logger LOG = LoggerFactory.getLogger(OwnThreads.class);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration DOUBTED = Duration.ofDays(1); // no transaction of a host takes as long

    /** A release that is driven here, or waits for a time. */
    private static final class Turn {
        private Run run;
        private boolean driven = true;
        private @Nullable Run next;

        Turn(Run run) {
            this.run = run;
        }

        /** An order that comes late does not push out a newer one. */
        void drivenAgain(Run order) {
            Run newest = next == null ? run : next;
            if (order.token() >= newest.token()) {
                next = order;
            }
        }
    }

    private final ExecutorService threads;
    private final Supplier<Instant> clock;
    private final Optional<Duration> every;
    private final Alarms alarms;
    private final Pulse closing = new Pulse();
    private final Map<ReleaseId, Turn> turns = new HashMap<>();
    private final Set<ReleaseId> brokenOff = ConcurrentHashMap.newKeySet();
    private final Map<Run, Instant> doubts = new ConcurrentHashMap<>();
    private @Nullable Runner runner;
    private volatile boolean closed;
    private boolean looked; // of the one thread that looks

    /**
     * @param threads drive the releases; shut down with this
     * @param clock the pipeline's
     * @param every how often to look and tend; never, if empty
     */
    public OwnThreads(ExecutorService threads, Supplier<Instant> clock, Optional<Duration> every) {
        this(threads, clock, every, new ClockAlarms(clock));
    }

    /** @param alarms wake releases that wait for a time; closed with this */
    public OwnThreads(ExecutorService threads, Supplier<Instant> clock, Optional<Duration> every, Alarms alarms) {
        this.threads = threads;
        this.clock = clock;
        this.every = every;
        this.alarms = alarms;
    }

    @Override
    public void begin(Runner value) {
        runner = value;
        every.ifPresent(interval -> {
            daemon(() -> keep(interval, this::look)).start();
            daemon(() -> keep(interval, this::tend)).start(); // may hang with a target
        });
    }

    @Override
    public void submit(Run run) {
        doubts.remove(run);
        Turn turn = new Turn(run);
        synchronized (turns) {
            Turn before = turns.get(run.release());
            if (before != null && (before.driven || before.run.token() > run.token())) {
                before.drivenAgain(run);
                return;
            }
            turns.put(run.release(), turn);
        }
        drive(turn);
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    /** The next look tells, if there is one; the host that keeps house ensures all that runs. */
    @Override
    public void doubt(Run run) {
        if (every.isPresent()) {
            doubts.put(run, clock.get());
        }
    }

    @Override
    public void ensure(Run run) {
        Optional<Run> here = here(run.release());
        if (here.isEmpty()) {
            runner().takeOver(run.release()).ifPresent(this::submit);
        } else if (here.get().token() < run.token()) {
            submit(run); // it was ordered anew, and nobody heard that this was committed
        }
    }

    private Optional<Run> here(ReleaseId release) {
        synchronized (turns) {
            return Optional.ofNullable(turns.get(release)).map(turn -> turn.next == null ? turn.run : turn.next);
        }
    }

    /** Whether a release is driven in this process, or waits for a time to be. */
    boolean runsHere(ReleaseId release) {
        return here(release).isPresent();
    }

    private void drive(Turn turn) {
        boolean accepted = false;
        try {
            threads.execute(() -> driveAll(turn));
            accepted = true;
        } catch (RejectedExecutionException e) {
            LOG.atInfo().addKeyValue("release", turn.run.release()).log("Not run here: this process is closing");
        } finally {
            if (!accepted) { // also if there is no thread to be had: it can be taken over then
                brokenOff(turn);
            }
        }
    }

    private void driveAll(Turn turn) {
        boolean ended = false;
        try {
            boolean more = true;
            while (more) {
                Optional<Duration> again = runner().run(turn.run);
                more = more(turn, again);
            }
            ended = true;
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("release", turn.run.release())
                    .setCause(e)
                    .log("The run broke off; the release is taken over");
        } finally {
            if (!ended) {
                brokenOff(turn);
            }
        }
    }

    private boolean more(Turn turn, Optional<Duration> again) {
        synchronized (turns) {
            if (turn.next != null) {
                turn.run = turn.next;
                turn.next = null;
                return true;
            }
            if (again.isEmpty() || closed) {
                turns.remove(turn.run.release(), turn);
            } else {
                turn.driven = false;
                alarms.at(clock.get().plus(again.get()), () -> wake(turn));
            }
            return false;
        }
    }

    private void wake(Turn turn) {
        synchronized (turns) {
            if (turns.get(turn.run.release()) != turn || turn.driven) {
                return; // somebody was faster
            }
            turn.driven = true;
        }
        drive(turn);
    }

    private void brokenOff(Turn turn) {
        synchronized (turns) {
            turns.remove(turn.run.release(), turn);
            brokenOff.add(turn.run.release());
        }
    }

    private void keep(Duration interval, Runnable work) {
        while (!closed) {
            work.run();
            try {
                closing.await(0, interval);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** What is found at first has lost its process. Later it may be somebody else's. */
    private void look() {
        Consumer<Run> found = looked ? this::ensureOwn : this::ensure;
        looked |= attempted("look", () -> runner().look(found));
        Instant old = clock.get().minus(DOUBTED);
        doubts.values().removeIf(since -> since.isBefore(old));
    }

    private void tend() {
        attempted("tend", () -> runner().tend());
    }

    private void ensureOwn(Run run) {
        boolean doubted = doubts.remove(run) != null;
        if (brokenOff.remove(run.release()) || doubted) {
            boolean ensured = false;
            try {
                ensure(run);
                ensured = true;
            } finally {
                if (!ensured) {
                    brokenOff.add(run.release());
                }
            }
        }
    }

    private static boolean attempted(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error e) { // targets are asked too, and nobody keeps house when this thread is gone
            LOG.atWarn().addKeyValue("what", what).setCause(e).log("Not possible now; tried again");
            return false;
        }
    }

    private Runner runner() {
        Runner begun = runner;
        if (begun == null) {
            throw new IllegalStateException("Nothing can be run before begin(…)");
        }
        return begun;
    }

    @Override
    public void close() {
        closed = true;
        closing.beat();
        alarms.close();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                // Not interrupted: a call that breaks off could be taken for one that failed.
                LOG.warn("Some steps did not end in time; their releases can be taken over");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-keeper");
        thread.setDaemon(true);
        return thread;
    }
}
