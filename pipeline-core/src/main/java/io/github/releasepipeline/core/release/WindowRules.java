package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import java.time.Instant;
import java.util.Optional;

/** Windows in which an environment is deployed to, and leave to do so outside of them. Rollbacks are exempt. */
public final class WindowRules {
    private static final String CODE = "release.window";

    private WindowRules() {}

    /** Whether a deployment may start as far as windows go. */
    static Condition window(Release release, EnvironmentPolicy now, Instant at) {
        return release.windowOverride()
                .map(leave -> Condition.met(
                        CODE,
                        "Closed windows of " + release.environment() + " were overridden by "
                                + leave.by().id() + ": " + leave.reason()))
                .orElseGet(() -> window(release.environment(), now.window(at)));
    }

    private static Condition window(EnvironmentName environment, WindowState state) {
        if (state instanceof WindowState.Closed closed) {
            String when = closed.opens().map(opens -> "it opens at " + opens).orElse("that it opens is not in sight");
            return Condition.unmet(
                            CODE,
                            "Environment " + environment + " is " + closed.why() + "; " + when,
                            "wait",
                            "override the window")
                    .earliest(closed.opens());
        }
        String until =
                ((WindowState.Open) state).until().map(end -> " until " + end).orElse("");
        return Condition.met(CODE, "Environment " + environment + " is open" + until);
    }

    /**
     * Lets a release past closed windows.
     *
     * @param now what the environment demands now
     */
    public static Decision override(Release release, EnvironmentPolicy now, Stamp stamp) {
        Optional<Decision> needless = release.kind() == ReleaseKind.ROLLBACK
                        || now.window(stamp.at()) instanceof WindowState.Open
                ? Optional.of(Decision.refuse(
                        "release.window.open",
                        "No window keeps release " + release.id() + " from starting: there is nothing to override"))
                : Optional.empty();
        return ReleaseActions.refusal(release, ReleaseAction.OVERRIDE_WINDOW)
                .or(() -> needless)
                .orElseGet(() -> Decision.accept(new ReleaseEvent.WindowOverridden()));
    }
}
