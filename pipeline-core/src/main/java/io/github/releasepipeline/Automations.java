package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.automation.AutomationMachine;
import io.github.releasepipeline.core.automation.AutomationRules;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.version.VersionWishes;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with what automatic rules have begun: publishes, asks for releases, looks what became of them. All that it needs
 * is stored; each step may be repeated, and taken by several nodes at once.
 */
final class Automations {
    private static final Logger LOG = LoggerFactory.getLogger(Automations.class);
    /** The number was worked out before somebody else published: work it out again. */
    private static final String OUTRUN = "version.stale";

    /** What a step came to. */
    private enum Step {
        MOVED,
        WAITS,
        OBSTRUCTED
    }

    private final Wiring wiring;

    Automations(Wiring wiring) {
        this.wiring = wiring;
    }

    /** Goes on with all; tells what is in the way. */
    List<String> driveAll() {
        return drive(automation -> true);
    }

    /** Goes on with those that nothing was in the way of: after merges were observed. */
    void begin() {
        wake(automation -> automation.obstacle().isEmpty());
    }

    /** Goes on with those of these sets: after one of them became ready, or a person versioned it. */
    void moved(Collection<ChangeSetId> sets) {
        wake(automation -> sets.contains(automation.changeSet()));
    }

    /** Goes on with the one that waited for this release, if a rule had asked for it. */
    void ended(Release release) {
        if (release.requestedBy().kind() == Actor.Kind.RULE) {
            wake(automation -> automation.state() instanceof AutomationState.Deploying deploying
                    && deploying.release().equals(Optional.of(release.id())));
        }
    }

    /** The command before this is committed and must not seem to have failed. */
    private void wake(Predicate<Automation> which) {
        try {
            drive(which);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("Automatic rules do not go on now");
        }
    }

    /** In the order of the merges, and once more with those that a version published meanwhile was in the way of. */
    private List<String> drive(Predicate<Automation> which) {
        List<Automation> waiting = wiring.store().tables().automationsUnderWay().stream()
                .filter(which)
                .toList();
        List<String> problems = new ArrayList<>();
        boolean published = true;
        while (published && !waiting.isEmpty()) {
            problems.clear();
            published = false;
            List<Automation> obstructed = new ArrayList<>();
            for (Automation automation : waiting) {
                Optional<String> problem = goOn(automation.id());
                problem.ifPresent(why -> {
                    problems.add("automation " + automation.id() + ": " + why);
                    obstructed.add(automation);
                });
                published |= problem.isEmpty() && automation.version().isEmpty();
            }
            waiting = obstructed;
        }
        return problems;
    }

    private Optional<String> goOn(AutomationId id) {
        try {
            Step step = Step.MOVED;
            while (step == Step.MOVED) {
                step = step(wiring.engine().get(id));
            }
            return step == Step.OBSTRUCTED ? wiring.engine().get(id).obstacle() : Optional.empty();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("automation", id).setCause(e).log("Does not go on now");
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Step step(Automation automation) {
        try {
            if (automation.state() instanceof AutomationState.Versioning) {
                return version(automation);
            }
            return automation.state() instanceof AutomationState.Deploying deploying
                    ? deploy(automation, deploying)
                    : Step.WAITS;
        } catch (AdapterException | NotFoundException e) {
            return obstructed(automation, String.valueOf(e.getMessage()));
        }
    }

    private Step version(Automation automation) {
        ChangeSet set = wiring.engine().get(automation.changeSet());
        if (AutomationRules.set(automation, set).isPresent()) {
            return settle(automation, now -> AutomationRules.set(now, set).orElseGet(Decision::accept));
        }
        try {
            Version version = published(automation, set);
            return settle(automation, now -> AutomationRules.versioned(now, version.id()));
        } catch (RefusedException e) {
            boolean settled = e.rule().equals(AutomationRules.FOREIGN_TAG);
            boolean otherwise =
                    wiring.engine().get(set.id()).state().kind() != set.state().kind();
            boolean again = e.rule().equals(OUTRUN) || (otherwise && !settled);
            return again ? Step.MOVED : refused(automation, e);
        }
    }

    /** Published here now, or by whoever versioned the set; a draft that was left behind is completed. */
    private Version published(Automation automation, ChangeSet set) {
        if (set.state() instanceof ChangeSetState.Versioned versioned) {
            Version version = wiring.engine()
                    .reader()
                    .versionTagged(versioned.tag())
                    .map(wiring.engine()::get)
                    .orElseThrow(() -> new NotFoundException("version", versioned.tag()));
            return wiring.publisher().complete(version.id(), automation.actor());
        }
        return wiring.publisher()
                .publish(
                        wiring.proposer().propose(List.of(set.id()), VersionWishes.none(), automation.actor()),
                        automation.actor());
    }

    private Step deploy(Automation automation, AutomationState.Deploying deploying) {
        Optional<Release> release = deploying.release().map(wiring.engine()::get);
        boolean begun = release.filter(one -> one.state().kind() != ReleaseState.Kind.READY)
                .isPresent();
        if (begun) {
            return settle(automation, now -> AutomationRules.released(now, release.get()));
        }
        WiredEnvironment wired = wiring.environments().get(deploying.environment());
        Version version = wiring.engine().get(automation.version().orElseThrow());
        Environment environment = wiring.planner().remembered(wired);
        if (AutomationRules.overtaken(automation, version, environment).isPresent()) {
            return settle(
                    automation,
                    now -> AutomationRules.overtaken(now, version, environment).orElseGet(Decision::accept));
        }
        return release.isPresent() ? Step.WAITS : request(automation, version, wired);
    }

    private Step request(Automation automation, Version version, WiredEnvironment wired) {
        EnvironmentPolicy policy = wired.policy().starting(EnvironmentPolicy.Start.WHEN_APPROVED);
        try {
            Release requested = new Requests(wiring, automation.actor())
                    .request(
                            version.id(),
                            wired,
                            policy,
                            Optional.empty(),
                            (unit, release) -> unit.decide(
                                    AutomationMachine.MACHINE,
                                    automation.id(),
                                    now -> AutomationRules.request(now, wired.name(), release)));
            new Starts(wiring).byItself(requested);
            return Step.MOVED;
        } catch (RefusedException e) {
            return e.rule().equals(AutomationRules.MOVED) ? Step.MOVED : refused(automation, e);
        }
    }

    private Step refused(Automation automation, RefusedException refusal) {
        String why = String.valueOf(refusal.getMessage());
        LOG.atWarn().addKeyValue("automation", automation.id()).log("Obstructed: {}", why);
        settle(automation, now -> AutomationRules.refused(now, refusal.rule(), why));
        return Step.OBSTRUCTED;
    }

    private Step obstructed(Automation automation, String why) {
        LOG.atWarn().addKeyValue("automation", automation.id()).log("Obstructed: {}", why);
        settle(automation, now -> AutomationRules.obstruct(now, why));
        return Step.OBSTRUCTED;
    }

    /** Records what a rule says of the automation as it is now; moved, if that is not what was known before. */
    private Step settle(Automation known, Function<Automation, Decision> rule) {
        Automation now = wiring.engine()
                .execute(
                        known.actor(),
                        Optional.empty(),
                        unit -> unit.decide(AutomationMachine.MACHINE, known.id(), rule));
        boolean stands = now.state().equals(known.state()) || now.obstacle().isPresent();
        return stands ? Step.WAITS : Step.MOVED;
    }
}
