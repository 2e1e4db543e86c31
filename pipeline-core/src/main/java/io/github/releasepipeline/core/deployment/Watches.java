package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.release.RetryRules;
import io.github.releasepipeline.core.release.WatchRules;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches versions after their activation. Nothing is kept of a check that passed: what comes next follows from the
 * environment and the time, so that a crash costs one check at most.
 */
final class Watches {
    private static final Logger LOG = LoggerFactory.getLogger(Watches.class);

    private final Engine engine;
    private final WiredEnvironments environments;
    private final Calls calls;
    private volatile FailedVerification failure = (release, kind, why) -> {};

    Watches(Engine engine, WiredEnvironments environments, Calls calls) {
        this.engine = engine;
        this.environments = environments;
        this.calls = calls;
    }

    void onFailure(FailedVerification value) {
        failure = value;
    }

    /** How long it is to the first check of a release's version; empty if it is not watched. */
    Optional<Duration> begin(Release release) {
        return watch(release).flatMap(watch -> next(release, watch.since()));
    }

    /** Checks a release's version; the answer is how long it is to the next check. */
    Optional<Duration> check(ReleaseId id) {
        Release release = engine.get(id);
        Optional<Watch> watch = watch(release);
        if (watch.isEmpty()) {
            return Optional.empty();
        }
        Instant now = engine.now();
        try {
            check(release, watch.get());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("release", id).setCause(e).log("The version could not be checked now");
        }
        return next(release, now);
    }

    private Optional<Duration> next(Release release, Instant last) {
        return policy(release)
                .flatMap(policy -> watch(release)
                        .map(watch -> WatchRules.wait(
                                WatchRules.next(watch, policy.interval(), last), policy.interval(), engine.now())));
    }

    private void check(Release release, Watch watch) {
        WiredEnvironment wired = environments.get(release.environment());
        Environment environment = engine.get(wired.id());
        if (environment.running().isPresent() || environment.degradation().isPresent()) {
            return; // what runs, or broke off, may have changed what would be checked
        }
        RecordedLog log =
                new RecordedLog(engine, release.id(), release.attempts().size(), Step.VERIFY);
        StepOutcome outcome = outcome(release, wired, environment.fencingToken(), log);
        store(log.takeWaiting());
        WatchRules.Verdict verdict = WatchRules.verdict(watch, outcome, engine.now());
        switch (verdict) {
            case WATCH_ON -> {
                if (!(outcome instanceof StepOutcome.Done)) {
                    LOG.atWarn().addKeyValue("release", release.id()).log("Not checked: {}", LogLines.said(outcome));
                }
            }
            case VERIFIED -> verified(release, watch);
            case FAILED -> failure.failed(release.id(), FailureKind.FAILED, LogLines.said(outcome));
            case UNKNOWN -> failure.failed(release.id(), FailureKind.ERRORED, LogLines.said(outcome));
        }
    }

    private StepOutcome outcome(Release release, WiredEnvironment wired, long token, RecordedLog log) {
        Instant now = engine.now();
        StepCall call = new StepCall(
                release.id(),
                release.environment(),
                Step.VERIFY,
                release.id() + "/watch/" + now.toEpochMilli(),
                token,
                release.number(),
                release.manifest(),
                new TroubleLog(log));
        Duration limit = RetryRules.limits(release, Step.VERIFY).timeout();
        Calls.Reply<StepOutcome> reply = calls.make(limit, () -> wired.target().check(call));
        if (reply instanceof Calls.Reply.Answer<StepOutcome> answer) {
            return answer.value();
        }
        log.end();
        return new StepOutcome.Failed(FailureKind.ERRORED, Calls.problem(reply, limit), List.of());
    }

    /** What the store did not take while the check was made. If it does not take it now either, the check is made again. */
    private void store(List<LogEntry> waiting) {
        if (!waiting.isEmpty()) {
            engine.run(Actor.system(), Optional.empty(), unit -> waiting.forEach(unit::log));
        }
    }

    private void verified(Release release, Watch watch) {
        engine.run(Actor.system(), Optional.empty(), unit -> {
            Environment environment =
                    unit.get(environments.get(release.environment()).id());
            if (environment.watch().equals(Optional.of(watch))) {
                unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Verified(release.id()));
                unit.log(new LogEntry(
                        release.id(),
                        unit.now(),
                        release.attempts().size(),
                        Optional.empty(),
                        LogEntry.Level.SUCCESS,
                        LogLines.verified(release, Duration.between(watch.since(), unit.now()))));
            }
        });
    }

    /** The watch of a release's version; empty for a release that asked for none, without a look at the store. */
    private Optional<Watch> watch(Release release) {
        if (policy(release).isEmpty()) {
            return Optional.empty();
        }
        return engine.reader()
                .find(environments.get(release.environment()).id())
                .map(Stored::snapshot)
                .flatMap(Environment::watch)
                .filter(watch -> watch.release().equals(release.id()));
    }

    private static Optional<WatchPolicy> policy(Release release) {
        return release.policy().steps().watch();
    }
}
