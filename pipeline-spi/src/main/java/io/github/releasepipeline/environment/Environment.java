package io.github.releasepipeline.environment;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import java.util.List;
import java.util.Optional;

/**
 * What an environment remembers.
 *
 * @param name its name
 * @param active the active version; absent before the first deployment
 * @param former versions that were active before and were not rolled away from, newest first, at most
 *     {@value #REMEMBERED}
 * @param running the release that has the environment's one slot; absent if it is free
 * @param queue releases that wait for the slot, in the order in which they will run
 * @param fencingToken the newest token handed out; each attempt and each takeover raises it
 * @param hold a stop for automatic deployments
 * @param degradation what is wrong, if something is
 * @param watch the active version's watch, until it is verified
 */
public record Environment(
        EnvironmentName name,
        Optional<ActiveVersion> active,
        List<ActiveVersion> former,
        Optional<ReleaseId> running,
        List<QueuedRelease> queue,
        long fencingToken,
        Optional<Hold> hold,
        Optional<Degradation> degradation,
        Optional<Watch> watch) {
    /** How many former versions are remembered as rollback targets. */
    public static final int REMEMBERED = 50;

    /** Copies the lists. */
    public Environment {
        former = List.copyOf(former);
        queue = List.copyOf(queue);
    }

    /** An environment in which nothing has happened. */
    public static Environment fresh(EnvironmentName name) {
        return new Environment(
                name,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Its id. */
    public EnvironmentId id() {
        return new EnvironmentId(name);
    }
}
