package io.github.releasepipeline.core.automation;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.Optional;
import java.util.Set;

/** How an automation goes on. Each of these is decided anew in the transaction that records it. */
public final class AutomationRules {
    /** The rule that refuses a second request for the same release. */
    public static final String MOVED = "automation.moved";

    /** The rule that refuses a version whose tag is somebody else's: each try would discard another version. */
    public static final String FOREIGN_TAG = "version.tag";

    /** Refusals of a version that trying again does not change. */
    private static final Set<String> LASTING =
            Set.of(FOREIGN_TAG, "version.ancestry", "version.member-missing", "version.state");

    private AutomationRules() {}

    /** What the change set's state alone says of the version; empty if there is one, or it can be published. */
    public static Optional<Decision> set(Automation automation, ChangeSet set) {
        long number = automation.id().pullRequest().number();
        return switch (set.state().kind()) {
            case ABANDONED ->
                Optional.of(stop(
                        automation,
                        "change set '" + set.name() + "' was abandoned: "
                                + ((ChangeSetState.Abandoned) set.state()).reason()));
            case DRAFT, PENDING_REVIEW, READY, VERSIONED -> {
                if (!set.pullRequests().contains(number)) {
                    yield Optional.of(
                            stop(automation, "#" + number + " was taken out of change set '" + set.name() + "'"));
                }
                yield set.state().kind() == ChangeSetState.Kind.READY
                                || set.state().kind() == ChangeSetState.Kind.VERSIONED
                        ? Optional.empty()
                        : Optional.of(obstruct(
                                automation,
                                "change set '" + set.name() + "' is "
                                        + set.state().kind()));
            }
        };
    }

    /** The version could not be published. */
    public static Decision refused(Automation automation, String rule, String message) {
        return LASTING.contains(rule) ? stop(automation, message) : obstruct(automation, message);
    }

    /** The version is published. */
    public static Decision versioned(Automation automation, VersionId version) {
        return automation.state().kind() == AutomationState.Kind.VERSIONING
                ? Decision.accept(new AutomationEvent.Versioned(version))
                : Decision.accept();
    }

    /** What keeps a version from going into an environment for good; empty if it may still go there. */
    public static Optional<Decision> overtaken(Automation automation, Version version, Environment environment) {
        if (version.state().kind() != VersionState.Kind.PUBLISHED) {
            return Optional.of(
                    stop(automation, version.number() + " is " + version.state().kind()));
        }
        return environment
                .active()
                .filter(active -> Numbers.ORDER.compare(active.number(), version.number()) > 0)
                .map(active -> stop(
                        automation,
                        active.number() + ", which is newer than " + version.number() + ", is active in "
                                + environment.name()));
    }

    /** Asks for a release; refused if somebody else has done so, or the automation went on in another way. */
    public static Decision request(Automation automation, EnvironmentName environment, ReleaseId release) {
        return automation.state() instanceof AutomationState.Deploying deploying
                        && deploying.environment().equals(environment)
                        && deploying.release().isEmpty()
                ? Decision.accept(new AutomationEvent.ReleaseRequested(environment, release))
                : Decision.refuse(MOVED, "Automation " + automation.id() + " has gone on already");
    }

    /** What its release has come to; nothing while the release waits or runs. */
    public static Decision released(Automation automation, Release release) {
        boolean current = automation.state() instanceof AutomationState.Deploying deploying
                && deploying.release().equals(Optional.of(release.id()));
        if (!current || release.state().kind().isUnderWay()) {
            return Decision.accept();
        }
        return release.state().kind() == ReleaseState.Kind.SUCCEEDED
                ? Decision.accept(new AutomationEvent.Delivered(release.environment(), release.id()))
                : stop(
                        automation,
                        "the release of " + release.number() + " into " + release.environment() + " is "
                                + release.state().kind() + why(release.state()));
    }

    /** It cannot go on for now; recorded once for each reason. */
    public static Decision obstruct(Automation automation, String reason) {
        boolean told = automation.obstacle().equals(Optional.of(reason));
        return told || !automation.state().kind().isUnderWay()
                ? Decision.accept()
                : Decision.accept(new AutomationEvent.Obstructed(reason));
    }

    /** The rest is left to people. */
    public static Decision stop(Automation automation, String reason) {
        return automation.state().kind().isUnderWay()
                ? Decision.accept(new AutomationEvent.Stopped(reason))
                : Decision.accept();
    }

    private static String why(ReleaseState state) {
        if (state instanceof ReleaseState.Failed failed) {
            return ": " + failed.message();
        }
        if (state instanceof ReleaseState.Rejected rejected) {
            return ": " + rejected.reason();
        }
        if (state instanceof ReleaseState.Cancelled cancelled) {
            return ": " + cancelled.reason();
        }
        return "";
    }
}
