package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.GroupDirectory;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        refusal(actor, permission, scope).ifPresent(why -> {
            throw new RefusedException("access", scope, why, List.of());
        });
    }

    /** What the policy does not allow, as a sentence; empty if it does. */
    public Optional<String> refusal(Actor actor, Permission permission, String scope) {
        return policy.refusal(actor, permission, scope)
                .map(reason -> actor.id() + " may not "
                        + permission.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in " + scope + ": "
                        + reason);
    }

    /** Ids of the people in a group; absent if nobody can list them. */
    public Optional<Set<String>> members(String group) {
        return policy instanceof GroupDirectory directory ? directory.members(group) : Optional.empty();
    }

    /** The groups of an actor. */
    public Set<String> groups(Actor actor) {
        return Set.copyOf(policy.groups(actor));
    }
}
