package io.github.releasepipeline.core.release;

import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Hold;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whose turn it is in an environment. */
public final class QueueRules {
    private QueueRules() {}

    /**
     * The waiting release that goes next once the slot is free: the first that neither a degradation nor a closed window
     * keeps back, nor a hold what nobody but automation wants started. Rollbacks are kept back by none of them.
     *
     * @param releases looks up what waits; asked only where something keeps back
     */
    public static Optional<ReleaseId> next(
            Environment environment, WindowState window, Function<ReleaseId, Release> releases) {
        return goers(environment, window, releases).findFirst();
    }

    private static Stream<ReleaseId> goers(
            Environment environment, WindowState window, Function<ReleaseId, Release> releases) {
        boolean open = environment.degradation().isEmpty()
                && environment.hold().isEmpty()
                && window instanceof WindowState.Open;
        return environment.queue().stream()
                .filter(waiting -> open
                        || waiting.kind() == ReleaseKind.ROLLBACK
                        || mayGo(releases.apply(waiting.release()), environment, window))
                .map(QueuedRelease::release);
    }

    private static boolean mayGo(Release waiting, Environment environment, WindowState window) {
        return (environment.degradation().isEmpty() || ForceRules.isForced(waiting, environment))
                && (window instanceof WindowState.Open
                        || waiting.windowOverride().isPresent())
                && keptBack(waiting, environment).isEmpty();
    }

    private static Optional<Hold> keptBack(Release waiting, Environment environment) {
        boolean isByPerson = waiting.state() instanceof ReleaseState.Queued queued
                && queued.by().isHuman();
        return environment.hold().filter(hold -> !isByPerson);
    }

    /**
     * Everything that has to be so before a release that waits in the queue starts.
     *
     * @param releases as above
     * @param order of numbers
     */
    public static List<Condition> conditions(
            StartRules.Facts facts, Function<ReleaseId, Release> releases, Comparator<VersionNumber> order) {
        Release release = facts.release();
        Environment environment = facts.environment();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(environment
                .running()
                .map(running -> Condition.unmet(
                        "queue.busy", "Environment " + environment.name() + " runs release " + running, "wait"))
                .orElseGet(() -> Condition.met("queue.busy", "Environment " + environment.name() + " is free")));
        List<ReleaseId> goers = goers(
                        environment, facts.policy().window(facts.stamp().at()), releases)
                .toList();
        int place = goers.indexOf(release.id());
        conditions.add(
                place <= 0
                        ? Condition.met("queue.place", "No other release that may start waits before it")
                        : Condition.unmet(
                                "queue.place",
                                place + (place == 1 ? " release waits" : " releases wait") + " before it, first "
                                        + goers.get(0),
                                "wait"));
        conditions.add(overtaken(release, environment, order));
        conditions.addAll(StartRules.retired(release, facts.version(), facts.policy()));
        if (release.kind() == ReleaseKind.DEPLOY) {
            conditions.add(RequestRules.degraded(release, environment));
            conditions.add(keptBack(release, environment)
                    .map(hold -> StartRules.held(environment, hold))
                    .orElseGet(() -> Condition.met("release.hold", "No hold keeps it back")));
            conditions.addAll(StartRules.before(facts));
            conditions.add(
                    WindowRules.window(release, facts.policy(), facts.stamp().at()));
            conditions.addAll(StartRules.asApproved(facts));
        }
        conditions.addAll(StartRules.nothingElse(release, environment));
        return conditions;
    }

    private static Condition overtaken(Release release, Environment environment, Comparator<VersionNumber> order) {
        return StartRules.overtaken(release, environment, order)
                ? Condition.unmet(
                        "queue.overtaken",
                        "What others did meanwhile has made it needless: it will not run",
                        "request a new release")
                : Condition.met("queue.overtaken", "Nobody made it needless meanwhile");
    }
}
