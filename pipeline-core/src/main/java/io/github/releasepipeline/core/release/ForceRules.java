package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import java.util.Optional;

/** Letting a deployment into a degraded environment. */
public final class ForceRules {
    private ForceRules() {}

    /** Lets a release that waits or failed past what is wrong with its environment now. */
    public static Decision force(Release release, Environment environment) {
        return ReleaseActions.refusal(release, ReleaseAction.FORCE)
                .or(() -> release.kind() == ReleaseKind.ROLLBACK
                        ? Optional.of(Decision.refuse(
                                "release.force.rollback", "A rollback goes into a degraded environment anyway"))
                        : Optional.empty())
                .orElseGet(() -> forced(environment));
    }

    /** What lets a new release past what is wrong with its environment now. */
    public static Decision forced(Environment environment) {
        return environment
                .degradation()
                .map(degradation -> Decision.accept(new ReleaseEvent.Forced(degradation.since())))
                .orElseGet(() -> Decision.refuse(
                        "release.force.not-degraded",
                        "Environment " + environment.name() + " is not degraded: there is nothing to be forced"));
    }

    /** The environment as the rules for deployments see it for a release: without what the release was forced past. */
    public static Environment seenBy(Release release, Environment environment) {
        return isForced(release, environment) ? without(environment) : environment;
    }

    /** Whether a release was forced past what is wrong with its environment now. */
    public static boolean isForced(Release release, Environment environment) {
        return release.forced().isPresent()
                && release.forced().equals(environment.degradation().map(Degradation::since));
    }

    /** The environment as if nothing were wrong with it. */
    public static Environment without(Environment environment) {
        return new Environment(
                environment.name(),
                environment.active(),
                environment.former(),
                environment.running(),
                environment.queue(),
                environment.fencingToken(),
                environment.hold(),
                Optional.empty(),
                environment.watch());
    }
}
