package io.github.releasepipeline.core.release;

import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is said of a release beside the conditions of its start. */
public final class ExplainRules {
    private ExplainRules() {}

    /** Why a release of an environment that is not configured does not start. */
    public static Condition unconfigured(EnvironmentName name) {
        return Condition.unmet(
                "environment.unconfigured",
                "Environment " + name + " is not configured any more",
                "configure it again");
    }

    /** Why a release that runs, or has ended, does not start. */
    public static Condition started(Release release) {
        ReleaseState state = release.state();
        String name = "Release " + release.id();
        Optional<GatePolicy> judged = VerdictRules.awaited(release);
        if (judged.isPresent()) {
            return awaited(name, judged.get());
        }
        if (state instanceof ReleaseState.Paused paused) {
            return Condition.unmet(
                    "release.paused",
                    name + " stands still in " + paused.step().label() + ": " + paused.why(),
                    ReleaseAction.RESOLVE.label());
        }
        if (state instanceof ReleaseState.InProgress) {
            return Condition.unmet("release.running", name + " is running", "wait");
        }
        if (state instanceof ReleaseState.Succeeded) {
            return Condition.unmet("release.ended", name + " has succeeded", "request a new release");
        }
        String why = "";
        if (state instanceof ReleaseState.Rejected rejected) {
            why = " by " + rejected.by().id() + ": " + rejected.reason();
        } else if (state instanceof ReleaseState.Cancelled cancelled) {
            why = " by " + cancelled.by().id() + ": " + cancelled.reason();
        } else if (state instanceof ReleaseState.Superseded superseded) {
            why = " by release " + superseded.by();
        } else if (state instanceof ReleaseState.RolledBack back) {
            why = " by release " + back.by();
        }
        return Condition.unmet("release.ended", name + " has ended: " + state.kind() + why, "request a new release");
    }

    private static Condition awaited(String name, GatePolicy gate) {
        String who = gate.asking() instanceof Asking.ByPerson person
                ? person.group().map(group -> " by somebody of " + group).orElse(" by a person")
                : "";
        return Condition.unmet(
                "release.gate",
                name + " waits for a verdict of quality gate '" + gate.name() + "'" + who,
                ReleaseAction.JUDGE.label() + who);
    }

    /** What is good to know of a release. */
    public static List<Condition> notes(Release release) {
        List<Condition> notes = new ArrayList<>();
        if (release.state() instanceof ReleaseState.PendingApproval pending) {
            pending.note()
                    .ifPresent(
                            note -> notes.add(Condition.note("release.lapsed", "Earlier approvals lapsed: " + note)));
        }
        if (release.state() instanceof ReleaseState.Failed failed) {
            notes.add(Condition.note(
                    "release.failed",
                    "Attempt " + release.attempts().size() + " failed in "
                            + failed.step().label() + ": " + failed.message()));
        }
        gates(release)
                .forEach(run -> notes.add(Condition.note(
                        "release.gate",
                        "Quality gate '" + run.gate() + "' "
                                + run.verdict().name().toLowerCase(Locale.ROOT)
                                + (run.samples() > 1 ? " (sample " + run.samples() + ")" : "") + ": "
                                + run.summary())));
        release.bypassed()
                .ifPresent(upstream ->
                        notes.add(Condition.note("release.bypassed", "It passes over " + upstream + reason(release))));
        return notes;
    }

    /** What the quality gates of the newest attempt have said so far. */
    private static List<GateRun> gates(Release release) {
        return release.lastAttempt().stream()
                .flatMap(attempt -> attempt.steps().stream())
                .filter(run -> run.step().asksGates())
                .reduce((earlier, later) -> later)
                .map(StepRun::gates)
                .orElse(List.of());
    }

    private static String reason(Release release) {
        return release.reason().map(text -> ": " + text).orElse("");
    }

    /** Whom a release that starts now would have to wait for; nothing if the environment is free. */
    public static List<Condition> busy(Environment environment) {
        List<Condition> notes = new ArrayList<>();
        environment
                .running()
                .ifPresent(running -> notes.add(Condition.note(
                        "environment.busy",
                        "Environment " + environment.name() + " runs release " + running + ": it would be queued")));
        int waiting = environment.queue().size();
        if (waiting > 0) {
            notes.add(Condition.note(
                    "environment.queue",
                    waiting + (waiting == 1 ? " release waits" : " releases wait") + " for environment "
                            + environment.name()));
        }
        return notes;
    }
}
