package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A forge, a store and three targets, and pipelines over them; each pipeline stands for a process. */
final class PipelineFixture implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(20);
    static final Actor ALICE = Actor.user("alice");
    static final Actor BOB = Actor.user("bob");
    static final Actor CAROL = Actor.user("carol");

    final SettableClock clock = SettableClock.at("2024-03-19T14:23:15Z");
    final TestForge forge = new TestForge(clock);
    final MemoryPipelineStore memory = new MemoryPipelineStore();
    final ScriptedTarget development = new ScriptedTarget();
    final ScriptedTarget staging = new ScriptedTarget();
    final ScriptedTarget production = new ScriptedTarget();

    private final List<Pipeline> started = new ArrayList<>();
    private long numbers = 100;

    Pipeline start() {
        return start(memory, wiring -> {});
    }

    Pipeline start(Consumer<PipelineBuilder> more) {
        return start(memory, more);
    }

    /** A process with development (no demands), staging (one approval) and production (two approvals). */
    Pipeline start(PipelineStore store, Consumer<PipelineBuilder> more) {
        PipelineBuilder wiring = bare(store)
                .environment("development", development)
                .environment("staging", staging, env -> env.tier(Tier.STAGING).approvals(1))
                .environment(
                        "production",
                        production,
                        env -> env.tier(Tier.PRODUCTION).approvals(2));
        more.accept(wiring);
        return build(wiring);
    }

    /** A process whose environments are still to be said. */
    PipelineBuilder bare(PipelineStore store) {
        return Pipeline.builder()
                .sourceControl(forge)
                .repository(forge)
                .store(store)
                .items(ItemKind.of("workflow", "workflows/**"))
                .clock(clock)
                .nanoTime(() -> clock.instant().toEpochMilli() * 1_000_000)
                .maintainedByHost()
                .workerThreads(threads());
    }

    Pipeline build(PipelineBuilder wiring) {
        Pipeline pipeline = wiring.build();
        started.add(pipeline);
        return pipeline;
    }

    /** Threads that die silently of a simulated crash. */
    private static ExecutorService threads() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "test-worker");
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((dead, error) -> {
                if (!(error instanceof FaultyStore.Crash)) {
                    error.printStackTrace();
                }
            });
            return thread;
        });
    }

    /** A pull request, opened, approved, merged and read. */
    long merged(Pipeline pipeline) {
        long number = ++numbers;
        forge.open(number);
        forge.mergeThere(number);
        pipeline.as(ALICE).pullRequests().synchronize();
        return number;
    }

    /** A ready change set of one new pull request. */
    ChangeSet changeSet(Pipeline pipeline) {
        long number = merged(pipeline);
        return pipeline.as(ALICE)
                .changeSets()
                .create("Set of " + number, set -> set.type(ChangeType.FEATURE).pullRequests(number));
    }

    /** A published version of one new pull request, made by alice. */
    Version version(Pipeline pipeline) {
        return pipeline.as(ALICE).versions().publish(changeSet(pipeline).id());
    }

    /** Requested by alice, approved by bob and carol as far as needed, and pressed by alice. */
    Deployment deploy(Pipeline pipeline, Version version, String environment) {
        ReleaseId id = approved(pipeline, version, environment);
        return pipeline.as(ALICE).releases().deploy(id);
    }

    ReleaseId approved(Pipeline pipeline, Version version, String environment) {
        Release release = pipeline.as(ALICE).releases().request(version.id(), environment);
        for (Actor voter : List.of(BOB, CAROL)) {
            if (pipeline.as(ALICE).releases().get(release.id()).state().kind() == ReleaseState.Kind.PENDING_APPROVAL) {
                pipeline.as(voter).releases().approve(release.id(), "");
            }
        }
        return release.id();
    }

    Release deployed(Pipeline pipeline, Version version, String environment) {
        Release release = deploy(pipeline, version, environment).await(LONG);
        assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        return release;
    }

    /** The lines of a log as people read them. */
    List<String> log(ReleaseId release) {
        return memory.logs().after(release, 0, 500).stream()
                .map((LogLine line) -> line.format(ZoneOffset.UTC))
                .toList();
    }

    /** How often a gate has judged in the step that runs, as it is stored: only then does the time of the next one count. */
    static int samples(Deployment deployment, String gate) {
        return StepRules.lastRun(deployment.release())
                .flatMap(run -> run.gate(gate))
                .map(GateRun::samples)
                .orElse(0);
    }

    static List<Step> steps(ScriptedTarget target) {
        return target.effects().stream().map(ScriptedTarget.Effect::step).toList();
    }

    void auditIsIntact() {
        AuditReport report = start().as(ALICE).audit().verify();
        assertThat(report.problems()).isEmpty();
        assertThat(report.records()).isPositive();
    }

    /** Waits for what another thread has to do. */
    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        started.forEach(Pipeline::close);
    }
}
