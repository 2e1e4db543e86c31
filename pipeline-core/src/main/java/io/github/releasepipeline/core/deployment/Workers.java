package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.version.VersionCheck;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers of this process: each running release has one thread here, or none. */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final ExecutorService threads;
    private final Map<ReleaseId, Object> running = new ConcurrentHashMap<>();
    private final Pulse closing = new Pulse();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Engine engine;
    private final WiredEnvironments environments;
    private final Planner planner;
    private final Persistence persistence;
    private final StepExecutor executor;
    private final String repository;
    private final LongSupplier nanos;
    private volatile Consumer<ReleaseId> afterEach = release -> {};

    /**
     * @param versionCheck verifies versions before they are deployed
     * @param repository name of the repository whose pull requests the versions bring
     * @param nanos a monotonic clock in nanoseconds
     * @param threads run the workers; shut down with this
     */
    public Workers(
            Engine engine,
            WiredEnvironments environments,
            Planner planner,
            VersionCheck versionCheck,
            String repository,
            LongSupplier nanos,
            ExecutorService threads) {
        this.threads = threads;
        this.engine = engine;
        this.environments = environments;
        this.planner = planner;
        this.persistence = new Persistence(closing);
        this.executor = new StepExecutor(engine, planner, versionCheck, persistence);
        this.repository = repository;
        this.nanos = nanos;
    }

    /** Daemon threads, as many as releases run. */
    public static ExecutorService ownThreads() {
        return Executors.newCachedThreadPool(Workers::thread);
    }

    /** Sets what is done each time a release has stopped running here, on the thread that ran it. It must not fail. */
    public void afterEach(Consumer<ReleaseId> work) {
        afterEach = work;
    }

    /** Whether a release runs in this process. */
    public boolean runsHere(ReleaseId release) {
        return running.containsKey(release);
    }

    /** Runs a release under a token, on a thread of its own. Does nothing once this is closed. */
    public void run(ReleaseId id, long token) {
        Object run = new Object(); // after a person resolved a step, two runs may have the same token
        running.put(id, run);
        boolean accepted = false;
        try {
            threads.execute(() -> drive(id, token, run));
            accepted = true;
        } catch (RejectedExecutionException e) {
            LOG.atInfo().addKeyValue("release", id).log("Not run here: this process is closing");
        } finally {
            if (!accepted) { // also if there is no thread to be had: it can be taken over then
                running.remove(id, run);
            }
        }
    }

    private void drive(ReleaseId id, long token, Object run) {
        Recorder recorder = new Recorder(engine, persistence, repository);
        Worker worker = new Worker(engine, environments, executor, recorder, persistence, nanos, id, token);
        try {
            LOG.atInfo().addKeyValue("release", id).addKeyValue("token", token).log("Running");
            boolean more = true;
            while (more && !closed.get()) {
                more = worker.move();
            }
            advance(engine.get(id).environment());
            if (!closed.get()) {
                afterEach.accept(id);
            }
        } catch (RuntimeException e) {
            LOG.atError()
                    .addKeyValue("release", id)
                    .setCause(e)
                    .log("The worker broke off; the release can be taken over");
        } finally {
            running.remove(id, run);
        }
    }

    /** Lets the next waiting release of an environment run, if its slot is free, on another thread. */
    void nudge(EnvironmentName environment) {
        try {
            threads.execute(() -> advance(environment));
        } catch (RejectedExecutionException e) {
            LOG.atInfo().addKeyValue("environment", environment).log("Not advanced here: this process is closing");
        }
    }

    private void advance(EnvironmentName environment) {
        if (closed.get()) {
            return;
        }
        try {
            new Launcher(engine, environments, planner, this).advance(environment);
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("environment", environment)
                    .setCause(e)
                    .log("The next waiting release could not be started");
        }
    }

    /** Lets each worker finish the call it is in, at most half a minute, and stops. What did not end can be taken over. */
    @Override
    public void close() {
        closed.set(true);
        closing.beat();
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

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-worker");
        thread.setDaemon(true);
        return thread;
    }
}
