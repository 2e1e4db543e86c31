package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which actions a release offers in each state, as data. */
public final class ReleaseActions {
    private static final Map<Kind, Set<ReleaseAction>> BY_STATE = new EnumMap<>(Map.of(
            Kind.PENDING_APPROVAL,
                    EnumSet.of(
                            ReleaseAction.APPROVE,
                            ReleaseAction.REJECT,
                            ReleaseAction.WITHDRAW_VOTE,
                            ReleaseAction.CANCEL),
            Kind.READY, EnumSet.of(ReleaseAction.DEPLOY, ReleaseAction.CANCEL),
            Kind.QUEUED, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.CANCEL),
            Kind.IN_PROGRESS, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.CANCEL),
            Kind.PAUSED, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.RESOLVE),
            Kind.SUCCEEDED, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.ROLLBACK),
            Kind.FAILED, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.RETRY, ReleaseAction.ROLLBACK)));

    private ReleaseActions() {}

    /** What can be done with a release in this state. */
    public static Set<ReleaseAction> in(Kind state) {
        return BY_STATE.getOrDefault(state, EnumSet.of(ReleaseAction.VIEW_LOGS));
    }

    /** Refuses an action that the state does not offer; empty if it does. */
    static Optional<Decision> refusal(Release release, ReleaseAction action) {
        Kind state = release.state().kind();
        if (in(state).contains(action)) {
            return Optional.empty();
        }
        String[] allowed = in(state).stream().map(ReleaseAction::label).toArray(String[]::new);
        return Optional.of(Decision.refuse(
                "release.state",
                "Release " + release.id() + " of " + release.number() + " to " + release.environment() + " is " + state
                        + ": " + action.label() + " is not possible",
                allowed));
    }
}
