package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.release.GateRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.StepRun;
import io.github.releasepipeline.target.GateResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Commits what quality gates say, each with its line in the log, if the worker's token is still the newest. */
final class GateRecords {
    private final Engine engine;
    private final Persistence persistence;

    GateRecords(Engine engine, Persistence persistence) {
        this.engine = engine;
        this.persistence = persistence;
    }

    /** Whether the worker with this token runs the step, and nobody has called the release off. */
    static boolean isJudging(Release release, long token, Instant now) {
        StepRules.Move move = StepRules.next(release, token, now);
        return StepRules.isJudging(release)
                && (move instanceof StepRules.Move.Recover || move instanceof StepRules.Move.Wait);
    }

    /** What a gate has said in the newest execution of the step. */
    static Optional<GateRun> said(Release release, String gate) {
        List<StepRun> steps = release.lastAttempt().orElseThrow().steps();
        return steps.get(steps.size() - 1).gate(gate);
    }

    /**
     * @param before what the gate had said when it was asked; if that has changed, this is recorded already
     * @param asking since when gates were asked without a pause
     * @param log the gate's, of which lines may wait
     */
    void judged(
            ReleaseId id,
            long token,
            GatePolicy gate,
            Optional<GateRun> before,
            GateResult result,
            Instant asking,
            RecordedLog log) {
        List<LogEntry> lines = log.takeWaiting();
        commit(id, token, (unit, release) -> {
            if (said(release, gate.name()).equals(before)) {
                lines.forEach(unit::log);
                GateRun run = GateRules.judged(
                        gate, before, result.verdict(), result.summary(), result.evidence(), asking, unit.now());
                unit.log(Recorder.line(
                        unit,
                        release,
                        StepRules.lastStep(release),
                        GateLines.level(gate, run),
                        GateLines.text(gate, run)));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.GateJudged(run));
            }
        });
    }

    void kept(ReleaseId id, long token, GateRun run) {
        commit(id, token, (unit, release) -> {
            if (said(release, run.gate()).isEmpty()) {
                unit.log(Recorder.line(
                        unit,
                        release,
                        StepRules.lastStep(release),
                        LogEntry.Level.SUCCESS,
                        GateLines.kept(run, unit.now())));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.GateKept(run));
            }
        });
    }

    void awaited(ReleaseId id, long token, GatePolicy gate) {
        commit(id, token, (unit, release) -> {
            if (GateRules.next(release, unit.now()).equals(new GateRules.Next.AwaitPerson(gate))) {
                unit.log(Recorder.line(
                        unit,
                        release,
                        StepRules.lastStep(release),
                        LogEntry.Level.INFO,
                        "Waiting for the verdict of a person: " + gate.name()));
                unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.VerdictAwaited(gate.name()));
            }
        });
    }

    private void commit(ReleaseId id, long token, BiConsumer<UnitOfWork, Release> work) {
        persistence.insist(() -> engine.execute(Actor.system(), Optional.empty(), unit -> {
            Release release = unit.get(id);
            if (isJudging(release, token, unit.now())) {
                work.accept(unit, release);
            }
            return true;
        }));
    }
}
