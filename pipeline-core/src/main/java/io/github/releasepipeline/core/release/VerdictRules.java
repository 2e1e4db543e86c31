package io.github.releasepipeline.core.release;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.StepRun;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who may judge in a quality gate's place, and when. */
public final class VerdictRules {
    private VerdictRules() {}

    /** The gate whose verdict a paused release waits for; empty if it waits for something else, or does not wait. */
    public static Optional<GatePolicy> awaited(Release release) {
        return release.state() instanceof ReleaseState.Paused paused
                        && StepRules.lastRun(release)
                                .filter(run -> run.status() == StepRun.Status.RUNNING)
                                .isPresent()
                        && GateRules.next(release, paused.since()) instanceof GateRules.Next.AwaitPerson next
                ? Optional.of(next.gate())
                : Optional.empty();
    }

    /**
     * A person's verdict.
     *
     * @param gate name of the gate they judge for
     * @param verdict passed or failed
     */
    public static Decision judge(
            Release release,
            String gate,
            GateVerdict verdict,
            String reason,
            ApprovalRules.Voter voter,
            ApprovalRules.Involvement involvement,
            Instant now) {
        return ReleaseActions.refusal(release, ReleaseAction.JUDGE)
                .or(() -> notAwaited(release, gate))
                .or(() -> ApprovalRules.involved(release, voter, involvement))
                .or(() -> outsider(release, voter))
                .orElseGet(() -> Decision.accept(new ReleaseEvent.GateJudged(
                        GateRun.first(gate, verdict, summary(gate, verdict, voter, reason), Map.of(), now))));
    }

    private static String summary(String gate, GateVerdict verdict, ApprovalRules.Voter voter, String reason) {
        String word = verdict == GateVerdict.PASSED ? " passed" : " failed";
        return gate + word + " (" + voter.actor().id() + ": " + reason + ")";
    }

    private static Optional<Decision> notAwaited(Release release, String gate) {
        return awaited(release).filter(awaited -> awaited.name().equals(gate)).isPresent()
                ? Optional.empty()
                : Optional.of(Decision.refuse(
                        "release.gate.not-awaited",
                        "Release " + release.id() + " does not wait for a verdict of quality gate '" + gate + "'"
                                + awaited(release)
                                        .map(awaited -> ", but of '" + awaited.name() + "'")
                                        .orElse("")));
    }

    private static Optional<Decision> outsider(Release release, ApprovalRules.Voter voter) {
        return awaited(release)
                .map(GatePolicy::asking)
                .flatMap(asking -> ((Asking.ByPerson) asking).group())
                .filter(group -> !voter.groups().contains(group))
                .map(group -> Decision.refuse(
                        "release.gate.group", voter.actor().id() + " is not in the group that judges here: " + group));
    }
}
