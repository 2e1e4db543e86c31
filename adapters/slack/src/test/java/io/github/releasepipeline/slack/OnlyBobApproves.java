package io.github.releasepipeline.slack;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import java.util.Optional;
import java.util.Set;

/** Approving is bob's; anything else is everybody's. */
final class OnlyBobApproves implements AccessPolicy {
    @Override
    public Optional<String> refusal(Actor actor, Permission permission, String scope) {
        return permission == Permission.APPROVE_RELEASE && !actor.id().equals("bob")
                ? Optional.of("only bob does")
                : Optional.empty();
    }

    @Override
    public Set<String> groups(Actor actor) {
        return Set.of();
    }
}
