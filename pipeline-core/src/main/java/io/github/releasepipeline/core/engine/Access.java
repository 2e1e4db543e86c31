package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Checks permissions before commands. */
public final class Access {
    private final AccessPolicy policy;

    /** @param policy who may do what */
    public Access(AccessPolicy policy) {
        this.policy = policy;
    }

    /**
     * Refuses what the policy does not allow.
     *
     * @throws RefusedException by the rule {@code access}
     */
    public void require(Actor actor, Permission permission, String scope) {
        policy.refusal(actor, permission, scope).ifPresent(reason -> {
            throw new RefusedException(
                    "access",
                    scope,
                    actor.id() + " may not "
                            + permission.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in " + scope + ": "
                            + reason,
                    List.of());
        });
    }

    /** The groups of an actor. */
    public Set<String> groups(Actor actor) {
        return Set.copyOf(policy.groups(actor));
    }
}
