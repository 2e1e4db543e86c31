package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.VERSION;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.ScriptedStore;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.RollbackOf;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One release that runs under one token in an environment of one target, without threads. */
final class RunningRelease {
    static final long TOKEN = 7;

    static final VersionNumber NUMBER = Samples.number(1, 2, 0);
    static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");
    static final ItemId FLOW = new ItemId("workflow", "flows/a");
    static final ReleaseId ORIGINAL = new ReleaseId("r0");

    final SettableClock clock = SettableClock.at(Samples.NOON);
    final ScriptedStore store = new ScriptedStore(new MemoryPipelineStore());
    final MemoryItemRepository repository = new MemoryItemRepository(clock);
    final ScriptedTarget target = new ScriptedTarget();
    final Persistence persistence = new Persistence(new Pulse());
    final Pulse pulse = new Pulse();
    final Manifest manifest;
    final Engine engine;
    final Recorder recorder;

    private final StepPolicy steps;
    private final AtomicInteger ids = new AtomicInteger();
    private final EnvironmentId environment = new EnvironmentId(STAGING);

    /** @param gates the quality gates that the release has to pass */
    RunningRelease(ReleaseKind kind, GatePolicy... gates) {
        this(kind, StepPolicy.standard(), gates);
    }

    RunningRelease(ReleaseKind kind, StepPolicy steps, GatePolicy... gates) {
        this.steps = steps;
        engine = new Engine(store, List.of(), clock, () -> "id-" + ids.incrementAndGet(), pulse);
        recorder = new Recorder(engine, persistence, "acme/flows");
        CommitId commit = repository.commitOn("main", Map.of(FLOW.path(), "first", "flows/b", "second"));
        manifest = repository.manifest(commit, List.of(FLOWS));
        ReleaseEvent.Requested deployment = requested(ReleaseKind.DEPLOY, gates);
        execute(unit -> {
            unit.keep(manifest);
            publish(unit, VERSION, commit);
            if (kind == ReleaseKind.ROLLBACK) {
                start(unit, ORIGINAL, deployment, TOKEN - 1);
                unit.record(ReleaseMachine.MACHINE, ORIGINAL, new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));
            }
            start(unit, RELEASE, requested(kind, gates), TOKEN);
            unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.SlotTaken(RELEASE, TOKEN));
        });
    }

    private void publish(UnitOfWork unit, VersionId id, CommitId commit) {
        VersionEvent.Drafted sample = Samples.drafted(NUMBER);
        VersionEvent.Drafted drafted = new VersionEvent.Drafted(
                NUMBER,
                sample.bump(),
                sample.bumpReason(),
                commit,
                sample.previous(),
                sample.changeSets(),
                sample.pullRequests(),
                manifest.digest(),
                manifest.counts(),
                manifest.counts(),
                sample.notes(),
                sample.hotfix(),
                sample.missingHotfixes());
        unit.record(VersionMachine.MACHINE, id, drafted, new VersionEvent.Published());
    }

    private static void start(UnitOfWork unit, ReleaseId id, ReleaseEvent.Requested requested, long token) {
        unit.record(
                ReleaseMachine.MACHINE,
                id,
                requested,
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, token));
    }

    private ReleaseEvent.Requested requested(ReleaseKind kind, GatePolicy... gates) {
        EnvironmentPolicy policy =
                EnvironmentPolicy.of(Tier.PRODUCTION).gates(List.of(gates)).steps(steps);
        return new ReleaseEvent.Requested(
                kind,
                VERSION,
                NUMBER,
                manifest.digest(),
                STAGING,
                policy,
                Samples.plan("plan", "observed"),
                kind == ReleaseKind.DEPLOY
                        ? Optional.empty()
                        : Optional.of(new RollbackOf(ORIGINAL, VERSION, Samples.number(1, 3, 0))));
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

    /** Another release of the same version that may start. */
    ReleaseId ready(String id, ReleaseKind kind) {
        ReleaseId ready = new ReleaseId(id);
        execute(unit -> unit.record(ReleaseMachine.MACHINE, ready, requested(kind), new ReleaseEvent.Readied()));
        return ready;
    }

    /** The running release ends, and the slot is free. */
    void end() {
        execute(unit -> {
            unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));
            unit.record(EnvironmentMachine.MACHINE, environment, new EnvironmentEvent.SlotFreed(RELEASE));
        });
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

    /** The environment with another way to its target, and with these gates. */
    WiredEnvironment wired(DeploymentTarget way, QualityGate... gates) {
        return new WiredEnvironment(
                STAGING,
                release().policy(),
                way,
                Stream.of(gates).collect(Collectors.toMap(QualityGate::name, Function.identity())));
    }

    /** An engine whose store remembers this of a subject. */
    <S> Engine seeing(SubjectId<S> id, S snapshot) {
        PipelineReader reader = answering(
                PipelineReader.class,
                store.reader(),
                (called, given) -> called.equals("seen") && id.equals(given[0]),
                Optional.of(Stored.unsaved(snapshot)));
        PipelineStore remembering =
                answering(PipelineStore.class, store, (called, given) -> called.equals("reader"), reader);
        return new Engine(remembering, List.of(), clock, () -> "id", new Pulse());
    }

    private static <T> T answering(Class<T> port, T real, BiPredicate<String, Object[]> calls, Object answer) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (self, called, given) -> calls.test(called.getName(), given) ? answer : called.invoke(real, given)));
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
