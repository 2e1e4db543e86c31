package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.version.VersionCheck;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.work.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives running releases, each on the thread that it is called on. */
public final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final Pulse closing = new Pulse();
    private final Engine engine;
    private final WiredEnvironments environments;
    private final Launcher launcher;
    private final Persistence persistence;
    private final StepExecutor executor;
    private final String repository;
    private final LongSupplier nanos;
    private final Errands errands;
    private final Watches watches;
    private volatile Consumer<Release> afterEach = release -> {};

    /**
     * @param launcher starts what waits when a release has ended
     * @param versionCheck verifies versions before they are deployed
     * @param repository name of the repository whose pull requests the versions bring
     * @param nanos a monotonic clock in nanoseconds
     * @param errands do what follows a release
     */
    public Workers(
            Engine engine,
            WiredEnvironments environments,
            Planner planner,
            Launcher launcher,
            VersionCheck versionCheck,
            String repository,
            LongSupplier nanos,
            Errands errands) {
        this.engine = engine;
        this.environments = environments;
        this.launcher = launcher;
        this.persistence = new Persistence(closing);
        Calls calls = new Calls();
        this.executor = new StepExecutor(engine, planner, versionCheck, persistence, calls);
        this.watches = new Watches(engine, environments, calls);
        this.repository = repository;
        this.nanos = nanos;
        this.errands = errands;
    }

    /** Daemon threads, as many as there is work. */
    public static ExecutorService ownThreads() {
        return Executors.newCachedThreadPool(Workers::thread);
    }

    /** Sets what is done, in the background, each time a release has stopped running here; it may have changed since. */
    public void afterEach(Consumer<Release> work) {
        afterEach = work;
    }

    /** Sets what is done when the verification of a release's version has failed, on the thread that found out. */
    public void afterFailedVerification(FailedVerification work) {
        watches.onFailure(work);
    }

    /** Drives a release until it rests, waits for a time or this process closes, see {@code Runner.run}. */
    public Optional<Duration> run(Run run) {
        Recorder recorder = new Recorder(engine, persistence, repository);
        Worker worker = new Worker(
                engine,
                environments,
                executor,
                recorder,
                persistence,
                nanos,
                this::closing,
                launcher.isAlone(),
                run.release(),
                run.token());
        LOG.atInfo()
                .addKeyValue("release", run.release())
                .addKeyValue("token", run.token())
                .log("Running");
        Progress progress = new Progress.GoOn();
        int moves = 0;
        while (progress instanceof Progress.GoOn && !closing()) {
            progress = worker.move();
            moves++;
        }
        if (progress instanceof Progress.Raised raised) {
            launcher.goOn(new Run(run.release(), raised.token()));
            return Optional.empty();
        }
        if (progress instanceof Progress.Rest) {
            return rested(worker.seen(), moves == 1);
        }
        return Optional.of(progress instanceof Progress.Until until ? wait(until) : Duration.ZERO);
    }

    /** @param before whether the release had come to rest before: then it is run again only because its version is watched */
    private Optional<Duration> rested(Release release, boolean before) {
        Optional<Duration> watch = before ? watches.check(release.id()) : watches.begin(release);
        if (!before || watch.isEmpty()) {
            errands.run("after release " + release.id(), () -> follow(release));
        }
        return watch;
    }

    private Duration wait(Progress.Until until) {
        return Spans.between(engine.now(), until.at());
    }

    private void follow(Release release) {
        if (closing()) {
            return;
        }
        launcher.freed(release.environment());
        afterEach.accept(release);
    }

    /** Ends each run after the step that it is in. Idempotent. */
    public void stop() {
        closing.beat();
    }

    private boolean closing() {
        return closing.beats() > 0;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-worker");
        thread.setDaemon(true);
        return thread;
    }
}
