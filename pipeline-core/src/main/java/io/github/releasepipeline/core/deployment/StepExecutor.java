package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.version.VersionCheck;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes the foreign call of one step, and finds out what came of a call that somebody else made. */
final class StepExecutor {
    private static final Set<Step> ONLY_READING = EnumSet.of(
            Step.PRE_DEPLOYMENT_CHECKS,
            Step.QUALITY_GATES,
            Step.POST_DEPLOYMENT_CHECKS,
            Step.NOTIFY,
            Step.VERIFY,
            Step.ALERT);

    private final Engine engine;
    private final Planner planner;
    private static final int PROBLEMS_TOLD = 20;

    private final VersionCheck versionCheck;
    private final Persistence persistence;

    StepExecutor(Engine engine, Planner planner, VersionCheck versionCheck, Persistence persistence) {
        this.engine = engine;
        this.planner = planner;
        this.versionCheck = versionCheck;
        this.persistence = persistence;
    }

    /** What the worker has to record of a step. */
    sealed interface Result {
        /** The call was answered. */
        record Answered(StepOutcome outcome) implements Result {}

        /** Nobody can tell. */
        record Lost(String why) implements Result {}
    }

    /** Runs a step. Never throws: what goes wrong is a result. */
    Result run(Release release, WiredEnvironment wired, Step step, String attemptKey, RecordedLog log) {
        StepCall call = call(release, step, attemptKey, log);
        try {
            return new Result.Answered(answer(release, wired, call));
        } catch (RuntimeException | LinkageError e) {
            log.error(step.label() + " broke off: " + e.getMessage());
            return ONLY_READING.contains(step)
                    ? new Result.Answered(errored(e))
                    : afterProbe(wired, call, () -> new Result.Answered(errored(e)));
        }
    }

    /** Finds out about a step that another worker began, and runs it if nothing of it was done. */
    Result recover(Release release, WiredEnvironment wired, Step step, String attemptKey, RecordedLog log) {
        return ONLY_READING.contains(step)
                ? run(release, wired, step, attemptKey, log)
                : afterProbe(
                        wired, call(release, step, attemptKey, log), () -> run(release, wired, step, attemptKey, log));
    }

    /** Drops what a cancelled deployment staged. Never throws. */
    Result dropStaged(Release release, WiredEnvironment wired, RecordedLog log) {
        String key = release.id() + "/" + release.attempts().size() + "/cancel";
        StepCall call = call(release, Step.RESTORE, key, log);
        try {
            return new Result.Answered(
                    wired.target().restore(call, new RestoreSource.FromArtifacts(active(release, wired))));
        } catch (RuntimeException | LinkageError e) {
            return afterProbe(wired, call, () -> new Result.Answered(errored(e)));
        }
    }

    private Result afterProbe(WiredEnvironment wired, StepCall call, Supplier<Result> notDone) {
        Probe probe;
        try {
            probe = wired.target().probe(call.attemptKey(), call.fencingToken());
        } catch (RuntimeException | LinkageError e) {
            return new Result.Lost("The target could not be asked: " + e.getMessage());
        }
        if (probe instanceof Probe.Ended ended) {
            return new Result.Answered(ended.outcome());
        }
        return probe instanceof Probe.Unknown unknown ? new Result.Lost(unknown.why()) : notDone.get();
    }

    private StepOutcome answer(Release release, WiredEnvironment wired, StepCall call) {
        DeploymentTarget target = wired.target();
        return switch (call.step()) {
            case PRE_DEPLOYMENT_CHECKS ->
                proven(release)
                        .map(problem -> failed(FailureKind.FAILED, problem))
                        .orElseGet(() -> target.check(call));
            case QUALITY_GATES -> gates(release, wired, call);
            case BACKUP -> target.backUp(call);
            case DEPLOY_ARTIFACTS -> target.stage(call, artifacts(release.version(), wired));
            case POST_DEPLOYMENT_CHECKS, VERIFY -> target.check(call);
            case ACTIVATE, ACTIVATE_PREVIOUS -> target.activate(call);
            case NOTIFY, ALERT -> new StepOutcome.Done("Notifications queued");
            case DEACTIVATE -> target.deactivate(call);
            case RESTORE -> target.restore(call, source(release, wired));
        };
    }

    /** What is wrong with the release's version, cut short if it is much. */
    private Optional<String> proven(Release release) {
        List<VersionProblem> problems = versionCheck.problems(stored(release.version()));
        String told =
                problems.stream().limit(PROBLEMS_TOLD).map(VersionProblem::text).collect(Collectors.joining("; "));
        int more = problems.size() - PROBLEMS_TOLD;
        return problems.isEmpty() ? Optional.empty() : Optional.of(more > 0 ? told + "; and " + more + " more" : told);
    }

    private StepOutcome gates(Release release, WiredEnvironment wired, StepCall call) {
        Version version = stored(release.version());
        GateContext context = new GateContext(
                version.number(), version.commit(), wired.name(), artifacts(version.id(), wired), call.log());
        for (String name : release.policy().gates()) {
            QualityGate gate = wired.gates().get(name);
            if (gate == null) {
                return failed(FailureKind.ERRORED, "Quality gate '" + name + "' is not configured any more");
            }
            GateResult result = judge(gate, context);
            if (result.verdict() != GateResult.Verdict.PASSED) {
                call.log().error(result.summary());
                return failed(
                        result.verdict() == GateResult.Verdict.FAILED ? FailureKind.FAILED : FailureKind.ERRORED,
                        "Quality gate '" + name + "': " + result.summary());
            }
            call.log().success(result.summary());
        }
        return new StepOutcome.Done(release.policy().gates().size() + " gates passed");
    }

    private static GateResult judge(QualityGate gate, GateContext context) {
        try {
            return gate.evaluate(context);
        } catch (RuntimeException | LinkageError e) {
            return new GateResult(
                    GateResult.Verdict.INCONCLUSIVE, gate.name() + " broke off: " + e.getMessage(), Map.of());
        }
    }

    private RestoreSource source(Release release, WiredEnvironment wired) {
        Optional<Backup> backup = release.rollbackOf()
                .flatMap(from -> stored(from.release()).backup())
                .filter(made -> made.captured().equals(release.manifest()));
        return backup.<RestoreSource>map(RestoreSource.FromBackup::new)
                .orElseGet(() -> new RestoreSource.FromArtifacts(artifacts(release.version(), wired)));
    }

    private Artifacts active(Release release, WiredEnvironment wired) {
        return persistence
                .insist(() -> planner.remembered(wired))
                .active()
                .map(active -> artifacts(active.version(), wired))
                .orElseGet(() -> planner.nothing(stored(release.version()).commit()));
    }

    private Artifacts artifacts(VersionId id, WiredEnvironment wired) {
        Version version = stored(id);
        Manifest manifest = persistence.insist(() -> planner.manifest(version.manifest()));
        return planner.artifacts(version, manifest, wired);
    }

    /** A store that cannot be reached for a while is no reason to fail a step. */
    private <S> S stored(SubjectId<S> id) {
        return persistence.insist(() -> engine.get(id));
    }

    private static StepCall call(Release release, Step step, String attemptKey, StepLog log) {
        long token = release.lastAttempt().orElseThrow().fencingToken();
        return new StepCall(
                release.id(),
                release.environment(),
                step,
                attemptKey,
                token,
                release.number(),
                release.manifest(),
                log);
    }

    private static StepOutcome errored(Throwable e) {
        return failed(FailureKind.ERRORED, e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private static StepOutcome failed(FailureKind kind, String message) {
        return new StepOutcome.Failed(kind, message, List.of());
    }
}
