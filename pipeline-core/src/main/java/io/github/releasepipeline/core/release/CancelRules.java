package io.github.releasepipeline.core.release;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import java.util.Optional;

/** Calling releases off. */
public final class CancelRules {
    private CancelRules() {}

    /** Calls a release off: at once while it waits, at the next step while it runs. */
    public static Decision cancel(Release release, Stamp stamp) {
        return ReleaseActions.refusal(release, ReleaseAction.CANCEL).orElseGet(() -> {
            if (release.state().kind() == Kind.PAUSED) {
                return Decision.accept(new ReleaseEvent.CancelRequested());
            }
            if (release.state().kind() != Kind.IN_PROGRESS) {
                return Decision.accept(
                        new ReleaseEvent.Cancelled(stamp.actor(), stamp.reason().orElse("")));
            }
            return tooLate(release).orElseGet(() -> Decision.accept(new ReleaseEvent.CancelRequested()));
        });
    }

    /** Whether a release that runs cannot be called off any more; empty if it can. */
    static Optional<Decision> tooLate(Release release) {
        if (release.state().kind() != Kind.IN_PROGRESS) {
            return Optional.empty();
        }
        if (release.kind() == ReleaseKind.ROLLBACK) {
            return Optional.of(Decision.refuse("release.cancel.rollback", "A running rollback cannot be called off"));
        }
        return begun(release, Step.ACTIVATE)
                ? Optional.of(Decision.refuse(
                        "release.cancel.activating",
                        "Release " + release.id() + " is activating " + release.number() + " and cannot be called off",
                        ReleaseAction.ROLLBACK.label()))
                : Optional.empty();
    }

    /** Whether a step of the newest attempt was begun. */
    static boolean begun(Release release, Step step) {
        return release.lastAttempt().stream()
                .flatMap(attempt -> attempt.steps().stream())
                .anyMatch(run -> run.step() == step);
    }
}
