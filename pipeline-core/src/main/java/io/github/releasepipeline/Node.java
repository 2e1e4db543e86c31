package io.github.releasepipeline;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.Runner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** This process, as one of those that may drive the pipeline's releases. */
final class Node implements Runner {
    private final Wiring wiring;

    Node(Wiring wiring) {
        this.wiring = wiring;
    }

    @Override
    public Optional<Duration> run(Run run) {
        return wiring.workers().run(run);
    }

    @Override
    public Optional<Run> takeOver(ReleaseId release) {
        return wiring.launcher().takeOver(release);
    }

    @Override
    public void look(Consumer<Run> running) {
        List<String> problems = new Maintenance(wiring).look(running);
        if (!problems.isEmpty()) {
            throw AdapterException.passing(String.join("; ", problems), null);
        }
    }

    @Override
    public void tend() {
        new Maintenance(wiring).tend();
    }
}
