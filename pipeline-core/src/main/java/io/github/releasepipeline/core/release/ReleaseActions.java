package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which actions a release offers in each state, as data. */
public final class ReleaseActions {
    private static final Map<Kind, Set<ReleaseAction>> BY_STATE = new EnumMap<>(Map.of(
            Kind.PENDING_APPROVAL,
                    EnumSet.of(
                            ReleaseAction.APPROVE,
                            ReleaseAction.REJECT,
                            ReleaseAction.WITHDRAW_VOTE,
                            ReleaseAction.FORCE,
                            ReleaseAction.CANCEL),
            Kind.READY,
                    EnumSet.of(
                            ReleaseAction.DEPLOY,
                            ReleaseAction.OVERRIDE_WINDOW,
                            ReleaseAction.FORCE,
                            ReleaseAction.CANCEL),
            Kind.QUEUED,
                    EnumSet.of(
                            ReleaseAction.VIEW_LOGS,
                            ReleaseAction.OVERRIDE_WINDOW,
                            ReleaseAction.FORCE,
                            ReleaseAction.CANCEL),
            Kind.IN_PROGRESS, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.CANCEL),
            Kind.PAUSED,
                    EnumSet.of(
                            ReleaseAction.VIEW_LOGS, ReleaseAction.RESOLVE, ReleaseAction.JUDGE, ReleaseAction.CANCEL),
            Kind.SUCCEEDED, EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.ROLLBACK),
            Kind.FAILED,
                    EnumSet.of(
                            ReleaseAction.VIEW_LOGS,
                            ReleaseAction.RETRY,
                            ReleaseAction.OVERRIDE_WINDOW,
                            ReleaseAction.FORCE,
                            ReleaseAction.ROLLBACK)));

    /** What is offered where something is in the way that it goes past. */
    private static final Set<ReleaseAction> ELSEWHERE = EnumSet.of(ReleaseAction.OVERRIDE_WINDOW, ReleaseAction.FORCE);

    /** What needs no environment. */
    private static final Set<ReleaseAction> ANYWHERE = EnumSet.of(
            ReleaseAction.VIEW_LOGS, ReleaseAction.REJECT, ReleaseAction.WITHDRAW_VOTE, ReleaseAction.CANCEL);

    private ReleaseActions() {}

    /** What can be done with a release in this state. */
    public static Set<ReleaseAction> in(Kind state) {
        return BY_STATE.getOrDefault(state, EnumSet.of(ReleaseAction.VIEW_LOGS));
    }

    /**
     * What can be done with a release: what its state offers, without what would be refused for the release's own sake.
     *
     * @param environment where it goes
     * @param versions states of the versions that the environment remembers
     */
    public static Set<ReleaseAction> of(
            Release release, Environment environment, Function<VersionId, VersionState.Kind> versions) {
        Set<ReleaseAction> actions = EnumSet.copyOf(of(release));
        boolean calledOff = release.state() instanceof ReleaseState.InProgress running
                && running.cancellation().isPresent();
        if (calledOff || CancelRules.tooLate(release).isPresent()) {
            actions.remove(ReleaseAction.CANCEL);
        }
        boolean closed = ForceRules.seenBy(release, environment).degradation().isPresent();
        if (!closed || release.kind() == ReleaseKind.ROLLBACK) {
            actions.remove(ReleaseAction.FORCE);
        }
        if (RollbackRules.hopeless(release, environment, versions).isPresent()) {
            actions.remove(ReleaseAction.ROLLBACK);
        }
        return actions;
    }

    /** What can be done with a release whose environment is not configured: nothing that goes there. */
    public static Set<ReleaseAction> withoutEnvironment(Release release) {
        Set<ReleaseAction> actions = EnumSet.copyOf(of(release));
        actions.retainAll(ANYWHERE);
        if (release.state().kind() == Kind.IN_PROGRESS || release.state().kind() == Kind.PAUSED) {
            actions.remove(ReleaseAction.CANCEL); // who runs it would have to end it there
        }
        return actions;
    }

    /** What its state offers, and for a paused one, what it waits for. */
    static Set<ReleaseAction> of(Release release) {
        if (release.state().kind() != Kind.PAUSED) {
            return in(release.state().kind());
        }
        return VerdictRules.awaited(release).isPresent()
                ? EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.JUDGE, ReleaseAction.CANCEL)
                : EnumSet.of(ReleaseAction.VIEW_LOGS, ReleaseAction.RESOLVE);
    }

    /** Refuses an action that the release does not offer; empty if it does. */
    static Optional<Decision> refusal(Release release, ReleaseAction action) {
        Kind state = release.state().kind();
        if (of(release).contains(action)) {
            return Optional.empty();
        }
        String[] allowed = of(release).stream()
                .filter(offered -> !ELSEWHERE.contains(offered))
                .map(ReleaseAction::label)
                .toArray(String[]::new);
        return Optional.of(Decision.refuse(
                "release.state",
                "Release " + release.id() + " of " + release.number() + " to " + release.environment() + " is " + state
                        + ": " + action.label() + " is not possible",
                allowed));
    }
}
