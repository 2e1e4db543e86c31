package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static io.github.releasepipeline.core.machine.Samples.drafted;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One release that runs under one token in an environment of one target, without threads. */
final class RunningRelease {
    static final long TOKEN = 7;

    final SettableClock clock = SettableClock.at(Samples.NOON);
    final MemoryPipelineStore store = new MemoryPipelineStore();
    final Engine engine;
    final Recorder recorder;

    private final AtomicInteger ids = new AtomicInteger();
    private final EnvironmentId environment = new EnvironmentId(STAGING);

    RunningRelease(ReleaseEvent.Requested requested) {
        engine = new Engine(store, List.of(), clock, () -> "id-" + ids.incrementAndGet(), new Pulse());
        recorder = new Recorder(engine, new Persistence(new Pulse()), "acme/flows");
        execute(unit -> {
            publish(unit, VERSION, requested.number());
            requested.rollbackOf().ifPresent(from -> {
                publish(unit, from.version(), from.number());
                unit.record(
                        ReleaseMachine.MACHINE,
                        from.release(),
                        Samples.requested(requested.policy()),
                        new ReleaseEvent.Readied(),
                        new ReleaseEvent.AttemptStarted(1, TOKEN - 1),
                        new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));
            });
            unit.record(
                    ReleaseMachine.MACHINE,
                    RELEASE,
                    requested,
                    new ReleaseEvent.Readied(),
                    new ReleaseEvent.AttemptStarted(1, TOKEN));
            unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.SlotTaken(RELEASE, TOKEN));
        });
    }

    private static void publish(UnitOfWork unit, VersionId id, VersionNumber number) {
        unit.record(VersionMachine.MACHINE, id, drafted(number), new VersionEvent.Published());
    }

    void execute(Consumer<UnitOfWork> work) {
        engine.execute(ALICE, Optional.of("said so"), unit -> {
            work.accept(unit);
            return true;
        });
    }

    /** A person or another worker does something to the release. */
    void record(ReleaseEvent... events) {
        execute(unit -> unit.record(ReleaseMachine.MACHINE, RELEASE, events));
    }

    /** The worker runs these steps, and nothing goes wrong. */
    void done(Step... steps) {
        for (Step step : steps) {
            record(
                    new ReleaseEvent.StepStarted(step, key(step)),
                    new ReleaseEvent.StepSucceeded(step, Duration.ofSeconds(1), "", Optional.empty()));
        }
    }

    StepRules.Move.Begin begin(Step step) {
        return new StepRules.Move.Begin(step, key(step));
    }

    static String key(Step step) {
        return RELEASE + "/1/" + step.name().toLowerCase(Locale.ROOT);
    }

    RecordedLog log(Step step) {
        return new RecordedLog(engine, RELEASE, 1, step);
    }

    Release release() {
        return engine.get(RELEASE);
    }

    Environment environment() {
        return engine.get(environment);
    }

    /** The log as people read it, without the time. */
    List<String> lines() {
        return store.logs().after(RELEASE, 0, PageRequest.MAX_SIZE).stream()
                .map(line -> line.format(ZoneOffset.UTC).substring("[2026-03-01 12:00:00] ".length()))
                .toList();
    }

    /** Everything that is recorded of the release and its environment. */
    List<DomainEvent> events() {
        return Stream.concat(store.audit().of(RELEASE).stream(), store.audit().of(environment).stream())
                .map(AuditRecord::event)
                .toList();
    }
}
