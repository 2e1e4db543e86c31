package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.release.DemandRules;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.release.StartRules;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts releases: when somebody presses Deploy or Retry, or by themselves where the environment's policy says so. */
final class Starts {
    private static final Logger LOG = LoggerFactory.getLogger(Starts.class);

    private final Wiring wiring;

    Starts(Wiring wiring) {
        this.wiring = wiring;
    }

    /** @param seen the release as it was a moment ago */
    Release deploy(Actor actor, Release seen) {
        return planned(actor, seen, (unit, fresh) -> {
            Release after = unit.decide(
                    ReleaseMachine.MACHINE, seen.id(), release -> StartRules.deploy(facts(unit, release, fresh)));
            return after.state().kind() == ReleaseState.Kind.READY
                    ? wiring.launcher().launch(unit, seen.id())
                    : after;
        });
    }

    /** @param seen the release as it was a moment ago */
    Release retry(Actor actor, Release seen) {
        return planned(actor, seen, (unit, fresh) -> {
            unit.decide(ReleaseMachine.MACHINE, seen.id(), release -> StartRules.retry(facts(unit, release, fresh)));
            return wiring.launcher().launch(unit, seen.id());
        });
    }

    /**
     * Starts a release that is ready, if its environment's policy lets it start by itself. What keeps it from starting now
     * (a hold, the soak time) leaves it ready; it is tried again with the next maintenance. One that a newer version has
     * overtaken meanwhile is left to people.
     */
    Release byItself(Release release) {
        boolean starts = release.state().kind() == ReleaseState.Kind.READY
                && release.policy().start() == EnvironmentPolicy.Start.WHEN_APPROVED;
        if (!starts) {
            return release;
        }
        try {
            Environment environment =
                    wiring.planner().remembered(wiring.environments().get(release.environment()));
            return StartRules.overtaken(release, environment, Numbers.ORDER)
                    ? release
                    : deploy(Actor.system().onBehalfOf(release.requestedBy().id()), release);
        } catch (RefusedException e) {
            LOG.atInfo().addKeyValue("release", release.id()).log("Does not start by itself now: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Of the target too: the command before this is committed and must not seem to have failed.
            LOG.atWarn().addKeyValue("release", release.id()).setCause(e).log("Could not be started by itself");
        }
        return release;
    }

    private StartRules.Facts facts(UnitOfWork unit, Release release, PlanSummary fresh) {
        return facts(new Memory.Within(unit), release, policy(release), fresh, unit.stamp());
    }

    static StartRules.Facts facts(
            Memory memory, Release release, EnvironmentPolicy now, PlanSummary fresh, Stamp stamp) {
        return new StartRules.Facts(
                release,
                memory.get(release.version()),
                memory.environment(release.environment()),
                now,
                memory.upstream(now),
                fresh,
                stamp);
    }

    private EnvironmentPolicy policy(Release release) {
        return wiring.environments().get(release.environment()).policy();
    }

    private Release planned(Actor actor, Release seen, BiFunction<UnitOfWork, PlanSummary, Release> decide) {
        WiredEnvironment wired = wiring.environments().get(seen.environment());
        return new PlannedDecision(
                        wiring,
                        wired,
                        seen.version(),
                        memory -> DemandRules.governing(memory.get(seen.id()), wired.policy()))
                .make(actor, Optional.empty(), decide);
    }
}
