package io.github.releasepipeline.actor;

import java.util.Optional;
import java.util.Set;

/**
 * Port: decides what an actor may do, and tells the groups an actor belongs to.
 *
 * <p>Called once for each command, before its transaction, on the caller's thread. Implementations are thread-safe, quick
 * (cache remote answers) and fail closed: an error thrown here refuses the command.
 */
public interface AccessPolicy {
    /**
     * Says whether an actor may do something.
     *
     * @param actor who wants to act
     * @param permission what for
     * @param scope what it concerns: an environment's name for release commands, otherwise the repository's name
     * @return the reason of a refusal, or empty if it is allowed
     */
    Optional<String> refusal(Actor actor, Permission permission, String scope);

    /** The groups of an actor, used by approval rules; empty for an unknown actor. */
    Set<String> groups(Actor actor);

    /** Everybody may do everything and nobody is in a group. For demonstrations and hosts that check before they call. */
    static AccessPolicy everyone() {
        return new AccessPolicy() {
            @Override
            public Optional<String> refusal(Actor actor, Permission permission, String scope) {
                return Optional.empty();
            }

            @Override
            public Set<String> groups(Actor actor) {
                return Set.of();
            }
        };
    }
}
