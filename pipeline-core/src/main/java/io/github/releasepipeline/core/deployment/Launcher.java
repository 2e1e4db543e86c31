package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.DemandRules;
import io.github.releasepipeline.core.release.QueueRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.RequestRules;
import io.github.releasepipeline.core.release.StartRules;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.work.Run;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Gives an environment's one slot to releases: at once when it is free, in order when it is not. */
public final class Launcher {
    private final Engine engine;
    private final WiredEnvironments environments;
    private final Planner planner;
    private final WorkSharing work;
    private final Errands errands;

    /**
     * @param work runs what is started
     * @param errands look after what waits
     */
    public Launcher(Engine engine, WiredEnvironments environments, Planner planner, WorkSharing work, Errands errands) {
        this.engine = engine;
        this.environments = environments;
        this.planner = planner;
        this.work = work;
        this.errands = errands;
    }

    /** Whether nobody but this process drives what is started here, see {@link WorkSharing#isAlone}. */
    boolean isAlone() {
        return work.isAlone();
    }

    /** Starts a release that may start, or queues it. Part of the transaction that decided so. */
    public Release launch(UnitOfWork unit, ReleaseId id) {
        Release release = unit.get(id);
        Environment environment = environment(unit, release.environment());
        // Rollbacks go before deployments, and nothing goes before what is of its kind and came earlier.
        boolean turn = environment.queue().stream()
                .noneMatch(waiting -> release.kind() == ReleaseKind.DEPLOY || waiting.kind() == ReleaseKind.ROLLBACK);
        return environment.running().isEmpty() && turn
                ? start(unit, release, environment, Optional.empty(), Optional.empty())
                : queue(unit, release);
    }

    /** Lets the next waiting release run, if the slot is free. To be called, outside a transaction, when it became so. */
    public void advance(EnvironmentName name) {
        WiredEnvironment wired = environments.get(name);
        Environment environment = planner.remembered(wired);
        while (environment.running().isEmpty()) {
            Optional<ReleaseId> next = next(environment, wired, engine.now(), engine::get);
            if (next.isEmpty()) {
                return;
            }
            advance(wired, next.get(), environment.active());
            environment = planner.remembered(wired);
        }
    }

    /** The same, on another thread. */
    public void nudge(EnvironmentName name) {
        errands.run("advance " + name, () -> advance(name));
    }

    /**
     * The same, when a release of this node has left the slot. Nobody waited then if this node saw nobody, and who has come since
     * found the slot free.
     */
    void freed(EnvironmentName name) {
        if (!planner.seen(environments.get(name)).queue().isEmpty()) {
            nudge(name);
        }
    }

    private static Optional<ReleaseId> next(
            Environment environment, WiredEnvironment wired, Instant now, Function<ReleaseId, Release> releases) {
        return QueueRules.next(environment, wired.policy().window(now), releases);
    }

    /** @param active what was active before the plan is made: if it is not any more, the plan is none */
    private void advance(WiredEnvironment wired, ReleaseId head, Optional<ActiveVersion> active) {
        Release waiting = engine.get(head);
        EnvironmentPolicy governing = DemandRules.governing(waiting, wired.policy());
        PlanSummary fresh = waiting.kind() == ReleaseKind.ROLLBACK
                ? waiting.plan()
                : planner.plan(engine.get(waiting.version()), wired, governing).summary();
        engine.run(Actor.system(), Optional.empty(), unit -> {
            Environment environment = unit.find(wired.id()).orElse(Environment.fresh(wired.name()));
            boolean stillNext = next(environment, wired, unit.now(), unit::get).equals(Optional.of(head));
            boolean same = environment.active().equals(active)
                    && DemandRules.governing(unit.get(head), wired.policy()).equals(governing);
            if (environment.running().isEmpty() && stillNext && same) {
                next(unit, unit.get(head), wired.policy(), fresh);
            }
        });
    }

    private void next(UnitOfWork unit, Release release, EnvironmentPolicy policy, PlanSummary fresh) {
        Environment environment = environment(unit, release.environment());
        if (StartRules.overtaken(release, environment, Numbers.ORDER)) {
            supersede(unit, release, environment.active().orElseThrow().release());
            return;
        }
        Version version = unit.get(release.version());
        StartRules.Facts facts = new StartRules.Facts(
                release,
                version,
                environment,
                policy,
                RequestRules.UpstreamFacts.of(policy, name -> environment(unit, name)),
                fresh,
                unit.stamp());
        if (StartRules.gone(facts).orElse(null) instanceof Decision.Refused gone) {
            dequeue(unit, release, new ReleaseEvent.Cancelled(unit.stamp().actor(), gone.message()));
            return;
        }
        if (StartRules.sentBack(facts).orElse(null) instanceof Decision.Refused refused) {
            dequeue(unit, release, new ReleaseEvent.SentBack(refused.message()));
            return;
        }
        ReleaseState.Queued queued = (ReleaseState.Queued) release.state();
        Optional<Instant> waitsSince = Optional.of(queued.since());
        Optional<Actor> by = Optional.of(queued.by());
        List<DomainEvent> lapse = StartRules.lapse(release, policy, fresh);
        if (lapse.isEmpty()) {
            start(unit, release, environment, waitsSince, by);
            return;
        }
        unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.Dequeued(release.id()));
        Release replanned = unit.record(ReleaseMachine.MACHINE, release.id(), lapse);
        if (replanned.state().kind() == ReleaseState.Kind.READY) {
            start(unit, replanned, environment(unit, replanned.environment()), waitsSince, by);
        }
    }

    private static void dequeue(UnitOfWork unit, Release release, ReleaseEvent because) {
        unit.record(
                EnvironmentMachine.MACHINE,
                new EnvironmentId(release.environment()),
                new EnvironmentEvent.Dequeued(release.id()));
        unit.record(ReleaseMachine.MACHINE, release.id(), because);
    }

    /** Reads who has the slot of an environment: names what runs, or else the environment if something waits for it. */
    public void look(WiredEnvironment wired, Consumer<Run> running, Consumer<EnvironmentName> free) {
        Environment environment = planner.remembered(wired);
        environment
                .running()
                .map(engine::get)
                .filter(release -> release.state().kind() == ReleaseState.Kind.IN_PROGRESS)
                .flatMap(release -> release.lastAttempt().map(attempt -> new Run(release.id(), attempt.fencingToken())))
                .ifPresent(running);
        environment
                .watch()
                .flatMap(watch -> watched(environment, engine.get(watch.release())))
                .ifPresent(running);
        if (environment.running().isEmpty() && !environment.queue().isEmpty()) {
            free.accept(wired.name());
        }
    }

    /** Raises the token of a release whose worker is gone; empty if nothing of it is running any more. */
    public Optional<Run> takeOver(ReleaseId id) {
        EnvironmentId slot = new EnvironmentId(engine.get(id).environment());
        return engine.execute(Actor.system(), Optional.of("its worker is gone"), unit -> {
            Environment environment = unit.get(slot);
            boolean runs = environment.running().equals(Optional.of(id))
                    && unit.get(id).state().kind() == ReleaseState.Kind.IN_PROGRESS;
            return runs ? Optional.of(takeOver(unit, environment, id)) : watched(environment, unit.get(id));
        });
    }

    /** A release that has ended is run again while its version is watched; there is nothing to be fenced. */
    private static Optional<Run> watched(Environment environment, Release release) {
        return environment
                .watch()
                .filter(watch -> watch.release().equals(release.id()) && release.succeeded())
                .flatMap(watch -> release.lastAttempt())
                .map(attempt -> new Run(release.id(), attempt.fencingToken()));
    }

    private static Run takeOver(UnitOfWork unit, Environment environment, ReleaseId id) {
        long token = environment.fencingToken() + 1;
        unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.SlotTakenOver(id, token));
        unit.record(ReleaseMachine.MACHINE, id, new ReleaseEvent.TakenOver(token));
        return new Run(id, token);
    }

    /**
     * Lets a running release go on at once if it waits for a time or asks quality gates, because something changed that it
     * would only see then. Under a new token: whoever waits for that time may wake up just now, and what a gate that is being
     * asked says then is not heard any more.
     */
    public void wake(UnitOfWork unit, Release release) {
        if (StepRules.waits(release, unit.now()) || StepRules.isJudging(release)) {
            resume(unit, release);
        }
    }

    /**
     * Has a release driven on that a person was waited for. Under a new token: the worker that paused it may not have seen yet
     * that it is paused, and would go on too.
     */
    public void resume(UnitOfWork unit, Release release) {
        order(unit, takeOver(unit, environment(unit, release.environment()), release.id()));
    }

    /** Has a release driven once this is committed, also if nobody hears that it is. */
    private void order(UnitOfWork unit, Run run) {
        unit.afterCommit(() -> work.submit(run));
        unit.inDoubt(() -> work.doubt(run));
    }

    /** Has a running release driven on, under a token that its worker has raised. */
    void goOn(Run run) {
        work.submit(run);
    }

    /**
     * @param waitsSince since when the release was in the queue; empty if it never was
     * @param by who put it there
     */
    private Release start(
            UnitOfWork unit,
            Release release,
            Environment environment,
            Optional<Instant> waitsSince,
            Optional<Actor> by) {
        long token = environment.fencingToken() + 1;
        int attempt = release.attempts().size() + 1;
        unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.SlotTaken(release.id(), token));
        // A hold that came while this deployment waited is not for it to lift.
        boolean lifts = release.kind() == ReleaseKind.DEPLOY
                && environment.hold().stream()
                        .anyMatch(hold -> waitsSince
                                .filter(since -> !since.isAfter(hold.since()))
                                .isEmpty());
        if (lifts) {
            unit.record(EnvironmentMachine.MACHINE, environment.id(), new EnvironmentEvent.HoldLifted());
        }
        unit.log(LogLines.starting(release, attempt, unit.now()));
        order(unit, new Run(release.id(), token));
        Duration queuedFor =
                waitsSince.map(since -> Spans.between(since, unit.now())).orElse(Duration.ZERO);
        Release started = unit.record(
                ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.AttemptStarted(attempt, token, by, queuedFor));
        // Whoever drives it may call checks that were begun: they only read.
        if (StepRules.next(started, token, unit.now()) instanceof StepRules.Move.Begin begin
                && begin.step() == Step.PRE_DEPLOYMENT_CHECKS) {
            Recorder.begin(unit, started, begin);
        }
        return unit.get(release.id());
    }

    private Release queue(UnitOfWork unit, Release release) {
        EnvironmentId id = new EnvironmentId(release.environment());
        if (release.kind() == ReleaseKind.DEPLOY
                && release.policy().queueOrder() == EnvironmentPolicy.QueueOrder.NEWEST_WINS) {
            unit.get(id).queue().stream()
                    .filter(waiting -> waiting.kind() == ReleaseKind.DEPLOY)
                    .map(waiting -> unit.get(waiting.release()))
                    .filter(waiting -> !waiting.requestedAt().isAfter(release.requestedAt()))
                    .forEach(older -> supersede(unit, older, release.id()));
        }
        unit.record(
                EnvironmentMachine.MACHINE,
                id,
                new EnvironmentEvent.Enqueued(release.id(), release.number(), release.kind()));
        if (unit.get(id).running().isEmpty()) {
            unit.afterCommit(() -> nudge(release.environment()));
        }
        return unit.record(ReleaseMachine.MACHINE, release.id(), new ReleaseEvent.Queued());
    }

    /** What has failed and was to be tried again stays failed. */
    private static void supersede(UnitOfWork unit, Release release, ReleaseId successor) {
        boolean fails = ((ReleaseState.Queued) release.state()).before().kind() == ReleaseState.Kind.FAILED;
        dequeue(
                unit,
                release,
                fails
                        ? new ReleaseEvent.SentBack("release " + successor + " took its place")
                        : new ReleaseEvent.Superseded(successor));
    }

    private static Environment environment(UnitOfWork unit, EnvironmentName name) {
        return unit.find(new EnvironmentId(name)).orElse(Environment.fresh(name));
    }
}
