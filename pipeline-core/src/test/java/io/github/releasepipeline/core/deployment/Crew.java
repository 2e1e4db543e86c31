package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** The worker, launcher and threads of one process over one running release. */
final class Crew implements Runner {
    final Errands errands;
    final OwnThreads work;
    final Launcher launcher;
    final Workers workers;
    final WiredEnvironment wired;

    Crew(RunningRelease running, ExecutorService threads) {
        this(running, threads, running.wired(running.target));
    }

    Crew(RunningRelease running, ExecutorService threads, WiredEnvironment wired) {
        this(running, running.engine, threads, wired);
    }

    Crew(RunningRelease running, Engine engine, ExecutorService threads, WiredEnvironment wired) {
        this.wired = wired;
        WiredEnvironments environments = new WiredEnvironments(List.of(wired));
        Planner planner = new Planner(engine, running.repository);
        errands = new Errands(threads);
        work = new OwnThreads(threads, engine::now, Optional.empty());
        launcher = new Launcher(engine, environments, planner, work, errands);
        workers = new Workers(
                engine, environments, planner, launcher, version -> List.of(), "acme/flows", System::nanoTime, errands);
        work.begin(this);
    }

    /** What maintenance does of it. */
    void recover() {
        launcher.look(wired, work::ensure, launcher::advance);
    }

    @Override
    public Optional<Duration> run(Run run) {
        return workers.run(run);
    }

    @Override
    public Optional<Run> takeOver(ReleaseId release) {
        return launcher.takeOver(release);
    }

    @Override
    public void look(Consumer<Run> running) {
        launcher.look(wired, running, launcher::nudge);
    }

    @Override
    public void tend() {}
}
