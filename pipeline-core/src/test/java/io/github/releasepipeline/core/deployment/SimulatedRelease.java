package io.github.releasepipeline.core.deployment;

import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One release, driven on one thread by workers that crash, stand still and come back as a seed says. */
final class SimulatedRelease {
    private static final int MOVES = 400;
    private static final int FAULTS = 6;

    private final RunningRelease running = new RunningRelease(ReleaseKind.DEPLOY);
    private final List<String> trace = new ArrayList<>();
    private final Random random;
    private final UnreliableTarget way;
    private long token = RunningRelease.TOKEN;
    private int moves;

    SimulatedRelease(long seed) {
        random = new Random(seed);
        way = new UnreliableTarget(running.target, random, FAULTS, trace::add, this::overtake);
    }

    /** Runs it until it rests, and checks what must hold then. Answers what happened. */
    List<String> run() {
        while (inProgress()) {
            try {
                drive(worker(), MOVES);
            } catch (UnreliableTarget.Crash e) {
                trace.add("crash " + e.getMessage());
            }
            takeOver();
        }
        trace.add(running.release().state().toString());
        check();
        return trace;
    }

    /** While a worker stands still another one takes over, and gets on a little; then the first goes on. */
    private void overtake() {
        takeOver();
        try {
            drive(worker(), random.nextInt(6));
        } catch (UnreliableTarget.Crash e) {
            trace.add("crash " + e.getMessage());
        }
    }

    private void drive(Worker worker, int most) {
        Progress progress = new Progress.GoOn();
        for (int i = 0; i < most && !(progress instanceof Progress.Rest); i++) {
            assertThat(++moves).as("moves until it rests").isLessThan(MOVES);
            progress = worker.move();
            trace.add(progress.toString());
            if (progress instanceof Progress.Raised raised) {
                token = Math.max(token, raised.token());
                return;
            }
            if (progress instanceof Progress.Until until) {
                Instant now = running.engine.now();
                running.clock.advance(Duration.between(now, until.at()).plusMillis(1));
            }
        }
    }

    private void takeOver() {
        if (inProgress()) {
            token = running.environment().fencingToken() + 1;
            trace.add("taken over under " + token);
            running.execute(unit -> {
                EnvironmentId slot = running.environment().id();
                unit.record(EnvironmentMachine.MACHINE, slot, new EnvironmentEvent.SlotTakenOver(RELEASE, token));
                unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.TakenOver(token));
            });
        }
    }

    private boolean inProgress() {
        return running.release().state().kind() == ReleaseState.Kind.IN_PROGRESS;
    }

    private Worker worker() {
        Planner planner = new Planner(running.engine, running.repository);
        return new Worker(
                running.engine,
                new WiredEnvironments(List.of(running.wired(way.way()))),
                new StepExecutor(
                        running.engine, planner, version -> List.of(), running.persistence, new Calls(way::make)),
                new Recorder(running.engine, running.persistence, "acme/flows"),
                running.persistence,
                () -> Duration.between(Instant.EPOCH, running.clock.instant()).toNanos(),
                () -> false,
                false,
                RELEASE,
                token);
    }

    private void check() {
        Release release = running.release();
        List<ScriptedTarget.Effect> effects = running.target.effects();
        assertThat(effects).extracting(ScriptedTarget.Effect::fencingToken).isSorted();
        assertThat(effects).extracting(ScriptedTarget.Effect::attemptKey).doesNotHaveDuplicates();
        if (release.succeeded()) {
            assertThat(running.environment().active())
                    .map(ActiveVersion::version)
                    .contains(VERSION);
            assertThat(running.target.observe().active().digest()).isEqualTo(running.manifest.digest());
        }
    }
}
