package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.GateRules;
import io.github.releasepipeline.core.release.RetryRules;
import io.github.releasepipeline.core.version.VersionCheck;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.ResumableTarget;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionProblem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes the foreign call of one step, and finds out what came of a call that somebody else made. */
final class StepExecutor {
    private static final int PROBLEMS_TOLD = 20;

    private final Engine engine;
    private final Planner planner;
    private final VersionCheck versionCheck;
    private final Persistence persistence;
    private final Calls calls;
    private final Gates gates;

    StepExecutor(Engine engine, Planner planner, VersionCheck versionCheck, Persistence persistence, Calls calls) {
        this.calls = calls;
        this.engine = engine;
        this.planner = planner;
        this.versionCheck = versionCheck;
        this.persistence = persistence;
        this.gates = new Gates(engine, persistence, calls);
    }

    /** What the worker has to record of a step. */
    sealed interface Result {
        /** The call was answered. */
        record Answered(StepOutcome outcome) implements Result {}

        /** The call was made, and gave no answer: its target has to be asked. */
        record Unanswered(String why) implements Result {}

        /** What there was to record is recorded: look again what comes next. */
        record Again() implements Result {}

        /** Nobody can tell. */
        record Lost(String why) implements Result {}
    }

    /**
     * What comes of a step that asks nobody: it has no gates, or what it has to send is in the outbox already.
     *
     * @param release whose newest step was just begun
     * @return empty if the step has to be run
     */
    static Optional<StepOutcome> withoutCall(Release release, Step step, Instant now) {
        if (step.asksGates()) {
            return GateRules.next(release, now) instanceof GateRules.Next.Passed passed
                    ? Optional.of(Gates.outcome(passed))
                    : Optional.empty();
        }
        return step == Step.NOTIFY || step == Step.ALERT
                ? Optional.of(new StepOutcome.Done("Notifications queued"))
                : Optional.empty();
    }

    /** Runs a step. What goes wrong is a result. */
    Result run(Release release, WiredEnvironment wired, Step step, String attemptKey, RecordedLog log) {
        Optional<StepOutcome> known = withoutCall(release, step, engine.now());
        if (known.isPresent()) {
            return new Result.Answered(known.get());
        }
        if (step.asksGates()) {
            return gates.run(release, wired, log, () -> artifacts(release.version(), wired));
        }
        StepCall call = call(release, step, attemptKey, log);
        Calls.Reply<StepOutcome> reply = make(release, step, () -> answer(release, wired, call));
        if (reply instanceof Calls.Reply.Answer<StepOutcome> answer) {
            return new Result.Answered(answer.value());
        }
        log.end();
        String why = problem(release, step, reply);
        return step.onlyReads() ? new Result.Answered(failed(FailureKind.ERRORED, why)) : new Result.Unanswered(why);
    }

    /**
     * Finds out about a step that was begun.
     *
     * @param unanswered why its answer is not known: then it has not worked if nothing of it was done. If that is absent
     *     nobody knows whether it was called at all, and it is called if nothing was done.
     */
    Result recover(
            Release release,
            WiredEnvironment wired,
            Step step,
            String attemptKey,
            Optional<String> unanswered,
            RecordedLog log) {
        return step.onlyReads()
                ? run(release, wired, step, attemptKey, log)
                : afterProbe(
                        release,
                        wired,
                        call(release, step, attemptKey, log),
                        () -> unanswered
                                .<Result>map(why -> new Result.Answered(failed(FailureKind.ERRORED, why)))
                                .orElseGet(() -> run(release, wired, step, attemptKey, log)));
    }

    /** Drops what a deployment staged that does not go on. */
    Result dropStaged(Release release, WiredEnvironment wired, RecordedLog log) {
        String key = release.id() + "/" + release.attempts().size() + "/cancel";
        StepCall call = call(release, Step.RESTORE, key, log);
        Calls.Reply<StepOutcome> reply = make(
                release,
                Step.RESTORE,
                () -> wired.target().restore(call, new RestoreSource.FromArtifacts(active(release, wired))));
        if (reply instanceof Calls.Reply.Answer<StepOutcome> answer) {
            return new Result.Answered(answer.value());
        }
        log.end();
        return afterProbe(
                release,
                wired,
                call,
                () -> new Result.Answered(failed(FailureKind.ERRORED, problem(release, Step.RESTORE, reply))));
    }

    private Result afterProbe(Release release, WiredEnvironment wired, StepCall call, Supplier<Result> notDone) {
        Calls.Reply<Probe> reply =
                make(release, call.step(), () -> wired.target().probe(call.attemptKey(), call.fencingToken()));
        if (!(reply instanceof Calls.Reply.Answer<Probe> answer)) {
            return new Result.Lost("The target could not be asked: " + problem(release, call.step(), reply));
        }
        Probe probe = answer.value();
        if (probe instanceof Probe.Ended ended) {
            return new Result.Answered(ended.outcome());
        }
        return probe instanceof Probe.Unknown unknown ? new Result.Lost(unknown.why()) : notDone.get();
    }

    private <R> Calls.Reply<R> make(Release release, Step step, Supplier<R> work) {
        return calls.make(RetryRules.limits(release, step).timeout(), work);
    }

    /** Why there is no answer. */
    static String problem(Release release, Step step, Calls.Reply<?> reply) {
        return Calls.problem(reply, RetryRules.limits(release, step).timeout());
    }

    private StepOutcome answer(Release release, WiredEnvironment wired, StepCall call) {
        DeploymentTarget target = wired.target();
        return switch (call.step()) {
            case PRE_DEPLOYMENT_CHECKS ->
                proven(release)
                        .map(problem -> failed(FailureKind.FAILED, problem))
                        .orElseGet(() -> target.check(call));
            case QUALITY_GATES, CANARY_ANALYSIS, NOTIFY, ALERT ->
                throw new IllegalArgumentException(call.step().label() + " is not one call");
            case BACKUP -> target.backUp(call);
            case DEPLOY_ARTIFACTS -> stage(release, wired, call);
            case POST_DEPLOYMENT_CHECKS, VERIFY -> target.check(call);
            case CANARY -> canary(release, target, call);
            case ACTIVATE, ACTIVATE_PREVIOUS -> target.activate(call);
            case DEACTIVATE -> target.deactivate(call);
            case RESTORE -> target.restore(call, source(release, wired));
        };
    }

    /** The target may be wired anew while a release that demands a canary runs. */
    private static StepOutcome canary(Release release, DeploymentTarget target, StepCall call) {
        int percent = release.policy().steps().canary().orElseThrow().percent();
        return target instanceof CanaryTarget gradual
                ? gradual.canary(call, percent)
                : failed(FailureKind.ERRORED, "The target cannot give a part of the traffic to a version any more");
    }

    /** Brings the items in, unless an earlier attempt did and they are still there. */
    private StepOutcome stage(Release release, WiredEnvironment wired, StepCall call) {
        if (wired.target() instanceof ResumableTarget resumable
                && RetryRules.stagedBefore(release)
                && resumable.isStaged(release.manifest())) {
            call.log().success(LogLines.STILL_STAGED);
            return new StepOutcome.Done(LogLines.STILL_STAGED);
        }
        return wired.target().stage(call, artifacts(release.version(), wired));
    }

    /** What is wrong with the release's version, cut short if it is much. */
    private Optional<String> proven(Release release) {
        List<VersionProblem> problems = versionCheck.problems(version(release.version()));
        String told =
                problems.stream().limit(PROBLEMS_TOLD).map(VersionProblem::text).collect(Collectors.joining("; "));
        int more = problems.size() - PROBLEMS_TOLD;
        return problems.isEmpty() ? Optional.empty() : Optional.of(more > 0 ? told + "; and " + more + " more" : told);
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
                .orElseGet(() -> planner.nothing(version(release.version()).commit()));
    }

    private Artifacts artifacts(VersionId id, WiredEnvironment wired) {
        Version version = version(id);
        Manifest manifest = persistence.insist(() -> planner.manifest(version.manifest()));
        return planner.artifacts(version, manifest, wired);
    }

    /** Of a version nothing but its standing changes, and that does not matter here: what is proven is what is deployed. */
    private Version version(VersionId id) {
        return persistence.insist(() -> engine.seen(id));
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

    private static StepOutcome failed(FailureKind kind, String message) {
        return new StepOutcome.Failed(kind, message, List.of());
    }
}
