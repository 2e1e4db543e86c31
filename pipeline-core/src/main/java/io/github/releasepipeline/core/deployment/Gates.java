package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.GateRules;
import io.github.releasepipeline.core.release.RetryRules;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs a step of gates, before a deployment or over its canary: asks one gate after the other, and records each answer before the next. Stops where time has
 * to pass or a person has to judge; whoever goes on finds in the release how far it is.
 */
final class Gates {
    private final Engine engine;
    private final Persistence persistence;
    private final Calls calls;
    private final GateRecords records;

    Gates(Engine engine, Persistence persistence, Calls calls) {
        this.engine = engine;
        this.persistence = persistence;
        this.calls = calls;
        this.records = new GateRecords(engine, persistence);
    }

    /**
     * Goes on with the step. The step's time limit counts for each answer of a gate, not for all of them together.
     *
     * @param release as it was when the step was begun or taken up again
     * @param artifacts opens the version's items; asked at most once
     */
    StepExecutor.Result run(Release release, WiredEnvironment wired, RecordedLog log, Supplier<Artifacts> artifacts) {
        long token = release.lastAttempt().orElseThrow().fencingToken();
        Optional<GateContext> context = Optional.empty();
        Release newest = release;
        Instant asking = engine.now();
        while (true) {
            Release now = newest;
            if (!GateRecords.isJudging(now, token, engine.now())) {
                return new StepExecutor.Result.Again();
            }
            GateRules.Next next = GateRules.next(now, engine.now());
            if (next instanceof GateRules.Next.Wait) {
                return new StepExecutor.Result.Again(); // the worker sees the same, and until when
            }
            if (next instanceof GateRules.Next.Passed passed) {
                return answered(outcome(passed));
            }
            if (next instanceof GateRules.Next.Refused refused) {
                return failed(refused.failure(), refused.message());
            }
            if (next instanceof GateRules.Next.Keep keep) {
                records.kept(now.id(), token, keep.run());
            } else if (next instanceof GateRules.Next.AwaitPerson await) {
                records.awaited(now.id(), token, await.gate());
            } else if (next instanceof GateRules.Next.Ask ask) {
                String name = ask.gate().name();
                QualityGate gate = wired.gates().get(name);
                if (gate == null) {
                    return failed(FailureKind.ERRORED, "Quality gate '" + name + "' is not configured any more");
                }
                if (context.isEmpty()) {
                    Calls.Reply<GateContext> opened = make(now, () -> context(now, wired, log, artifacts.get()));
                    if (!(opened instanceof Calls.Reply.Answer<GateContext> answer)) {
                        return failed(FailureKind.ERRORED, problem(now, opened));
                    }
                    context = Optional.of(answer.value());
                }
                if (!ask(now, token, ask.gate(), gate, context.get(), asking, log)) {
                    return new StepExecutor.Result.Again(); // with a log of its own
                }
            }
            newest = persistence.insist(() -> engine.get(release.id()));
        }
    }

    /** What comes of a step whose gates have all passed, also if there are none. */
    static StepOutcome outcome(GateRules.Next.Passed passed) {
        return new StepOutcome.Done(passed.gates() + " gates passed");
    }

    /** False if the gate gave no answer in time; then the log has ended, and what it may still say is not heard. */
    private boolean ask(
            Release release,
            long token,
            GatePolicy policy,
            QualityGate gate,
            GateContext context,
            Instant asking,
            RecordedLog log) {
        Optional<GateRun> before = GateRecords.said(release, policy.name());
        Calls.Reply<GateResult> reply = make(release, () -> judge(gate, policy.name(), context));
        if (reply instanceof Calls.Reply.Answer<GateResult> answer) {
            records.judged(release.id(), token, policy, before, answer.value(), asking, log);
            return true;
        }
        log.end();
        GateResult none = GateResult.inconclusive(policy.name() + " gave " + problem(release, reply));
        records.judged(release.id(), token, policy, before, none, asking, log);
        return false;
    }

    /** A gate may be anybody's code, and be led astray by what is in an item. */
    private static GateResult judge(QualityGate gate, String name, GateContext context) {
        try {
            return gate.evaluate(context);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return GateResult.inconclusive(name + " broke off: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    private GateContext context(Release release, WiredEnvironment wired, StepLog log, Artifacts artifacts) {
        Version version = persistence.insist(() -> engine.get(release.version()));
        return new GateContext(version.number(), version.commit(), wired.name(), artifacts, log);
    }

    private <R> Calls.Reply<R> make(Release release, Supplier<R> work) {
        return calls.make(
                RetryRules.limits(release, StepRules.lastStep(release)).timeout(), work);
    }

    private static String problem(Release release, Calls.Reply<?> reply) {
        return StepExecutor.problem(release, StepRules.lastStep(release), reply);
    }

    private static StepExecutor.Result failed(FailureKind kind, String message) {
        return answered(new StepOutcome.Failed(kind, message, List.of()));
    }

    private static StepExecutor.Result answered(StepOutcome outcome) {
        return new StepExecutor.Result.Answered(outcome);
    }
}
