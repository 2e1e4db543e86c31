package io.github.releasepipeline.core.automation;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.automation.AutomationState.Kind;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.machine.TransitionTable;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.VersionId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The moves of an automation. */
public final class AutomationMachine implements Machine<AutomationId, Automation> {
    /** Which state may follow which. */
    public static final TransitionTable<Kind> TABLE = new TransitionTable<Kind>()
            .begin(AutomationEvent.Matched.class, Kind.VERSIONING)
            .begin(AutomationEvent.Matched.class, Kind.DONE)
            .begin(AutomationEvent.LeftAlone.class, Kind.STOPPED)
            .stay(Kind.VERSIONING, AutomationEvent.Obstructed.class)
            .edge(Kind.VERSIONING, AutomationEvent.Versioned.class, Kind.DEPLOYING)
            .edge(Kind.VERSIONING, AutomationEvent.Versioned.class, Kind.DONE)
            .edge(Kind.VERSIONING, AutomationEvent.Stopped.class, Kind.STOPPED)
            .stay(
                    Kind.DEPLOYING,
                    AutomationEvent.Obstructed.class,
                    AutomationEvent.ReleaseRequested.class,
                    AutomationEvent.Delivered.class)
            .edge(Kind.DEPLOYING, AutomationEvent.Delivered.class, Kind.DONE)
            .edge(Kind.DEPLOYING, AutomationEvent.Stopped.class, Kind.STOPPED);

    /** The one instance. */
    public static final AutomationMachine MACHINE = new AutomationMachine();

    private AutomationMachine() {}

    @Override
    public Automation fold(AutomationId id, Optional<Automation> before, DomainEvent event, Stamp stamp) {
        Automation after = before.isEmpty()
                ? begun(id, (AutomationEvent) event, stamp)
                : after(before.get(), (AutomationEvent) event, stamp);
        TABLE.check(
                before.map(automation -> automation.state().kind()),
                event,
                after.state().kind());
        return after;
    }

    private static Automation begun(AutomationId id, AutomationEvent event, Stamp stamp) {
        if (event instanceof AutomationEvent.Matched matched) {
            AutomationState state = matched.rule().autoVersion()
                    ? new AutomationState.Versioning(Optional.empty())
                    : new AutomationState.Done(stamp.at());
            return new Automation(
                    id,
                    matched.rule(),
                    matched.passedOver(),
                    matched.mergedBy(),
                    matched.mergedAt(),
                    matched.changeSet(),
                    Optional.empty(),
                    List.of(),
                    state);
        }
        if (event instanceof AutomationEvent.LeftAlone left) {
            return new Automation(
                    id,
                    left.rule(),
                    left.passedOver(),
                    left.mergedBy(),
                    left.mergedAt(),
                    left.changeSet(),
                    Optional.empty(),
                    List.of(),
                    new AutomationState.Stopped("it was in a change set already", stamp.at()));
        }
        throw new IllegalStateException("No automation " + id + " before " + event);
    }

    private static Automation after(Automation before, AutomationEvent event, Stamp stamp) {
        if (event instanceof AutomationEvent.Obstructed obstructed) {
            return in(before, obstructed(before.state(), obstructed.reason()));
        }
        if (event instanceof AutomationEvent.Versioned versioned) {
            return with(before, Optional.of(versioned.version()), before.releases(), next(before, 0, stamp));
        }
        if (event instanceof AutomationEvent.ReleaseRequested requested) {
            List<ReleaseId> releases = Stream.concat(before.releases().stream(), Stream.of(requested.release()))
                    .toList();
            AutomationState state = new AutomationState.Deploying(
                    requested.environment(), Optional.of(requested.release()), Optional.empty());
            return with(before, before.version(), releases, state);
        }
        if (event instanceof AutomationEvent.Delivered) {
            return in(before, next(before, before.releases().size(), stamp));
        }
        if (event instanceof AutomationEvent.Stopped stopped) {
            return in(before, new AutomationState.Stopped(stopped.reason(), stamp.at()));
        }
        throw new IllegalStateException("Automation " + before.id() + " has begun already: " + event);
    }

    private static AutomationState obstructed(AutomationState state, String reason) {
        return state instanceof AutomationState.Deploying deploying
                ? new AutomationState.Deploying(deploying.environment(), deploying.release(), Optional.of(reason))
                : new AutomationState.Versioning(Optional.of(reason));
    }

    /** Waits for the environment at this place of the rule's list, or has done all of them. */
    private static AutomationState next(Automation automation, int place, Stamp stamp) {
        List<EnvironmentName> environments = automation.rule().autoDeployTo();
        return place < environments.size()
                ? new AutomationState.Deploying(environments.get(place), Optional.empty(), Optional.empty())
                : new AutomationState.Done(stamp.at());
    }

    private static Automation in(Automation before, AutomationState state) {
        return with(before, before.version(), before.releases(), state);
    }

    private static Automation with(
            Automation before, Optional<VersionId> version, List<ReleaseId> releases, AutomationState state) {
        return new Automation(
                before.id(),
                before.rule(),
                before.passedOver(),
                before.mergedBy(),
                before.mergedAt(),
                before.changeSet(),
                version,
                releases,
                state);
    }
}
