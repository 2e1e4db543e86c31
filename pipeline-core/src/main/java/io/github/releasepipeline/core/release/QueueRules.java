package io.github.releasepipeline.core.release;

import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.QueuedRelease;
import io.github.releasepipeline.policy.WindowState;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.version.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose turn it is in an environment. */
public final class QueueRules {
    private QueueRules() {}

    /**
     * The waiting release that goes next once the slot is free: the first that neither a degradation nor a closed window
     * keeps back. Rollbacks are kept back by neither.
     *
     * @param overridden whether a release has leave to start while windows are closed
     * @param forced whether a release has leave to start in the environment as it is degraded
     */
    public static Optional<ReleaseId> next(
            Environment environment, WindowState window, Predicate<ReleaseId> overridden, Predicate<ReleaseId> forced) {
        return goers(environment, window, overridden, forced).stream().findFirst();
    }

    private static List<ReleaseId> goers(
            Environment environment, WindowState window, Predicate<ReleaseId> overridden, Predicate<ReleaseId> forced) {
        return environment.queue().stream()
                .filter(waiting -> waiting.kind() == ReleaseKind.ROLLBACK
                        || ((environment.degradation().isEmpty() || forced.test(waiting.release()))
                                && (window instanceof WindowState.Open || overridden.test(waiting.release()))))
                .map(QueuedRelease::release)
                .toList();
    }

    /**
     * Everything that has to be so before a release that waits in the queue starts.
     *
     * @param overridden as above
     * @param forced as above
     * @param order of numbers
     */
    public static List<Condition> conditions(
            StartRules.Facts facts,
            Predicate<ReleaseId> overridden,
            Predicate<ReleaseId> forced,
            Comparator<VersionNumber> order) {
        Release release = facts.release();
        Environment environment = facts.environment();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(environment
                .running()
                .map(running -> Condition.unmet(
                        "queue.busy", "Environment " + environment.name() + " runs release " + running, "wait"))
                .orElseGet(() -> Condition.met("queue.busy", "Environment " + environment.name() + " is free")));
        List<ReleaseId> goers =
                goers(environment, facts.policy().window(facts.stamp().at()), overridden, forced);
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
            conditions.addAll(StartRules.before(facts));
            conditions.add(
                    WindowRules.window(release, facts.policy(), facts.stamp().at()));
            conditions.addAll(StartRules.asApproved(facts));
        } else if (StartRules.isRetry(release)) {
            conditions.add(StartRules.nothingElseSince(release, environment));
        }
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
