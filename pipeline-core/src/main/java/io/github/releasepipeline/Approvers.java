package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.core.engine.Access;
import io.github.releasepipeline.core.release.ApprovalRules;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.release.ApprovalNeed;
import io.github.releasepipeline.release.Release;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out who could approve a release: asks the rule that judges votes about everybody who comes into question.
 *
 * @param access who may approve, and who is in which group
 * @param release what is voted on
 * @param involvement who is involved in it
 */
record Approvers(Access access, Release release, ApprovalRules.Involvement involvement) {
    List<ApprovalNeed> needs(List<ApprovalRule> rules) {
        SortedMap<String, String> refused = refused();
        return rules.stream()
                .map(rule -> new ApprovalNeed(rule, rule.group().flatMap(this::candidates), refused))
                .toList();
    }

    private Optional<List<String>> candidates(String group) {
        return access.members(group)
                .map(ids -> ids.stream()
                        .sorted()
                        .filter(id -> refusal(Actor.user(id)).isEmpty())
                        .filter(id -> access.groups(Actor.user(id)).contains(group))
                        .toList());
    }

    /** Of those who are involved and of those who voted. */
    private SortedMap<String, String> refused() {
        TreeSet<String> known = new TreeSet<>(involvement.authors());
        known.add(release.requestedBy().id());
        release.requestedBy().onBehalfOf().ifPresent(known::add);
        if (release.policy().refusedApprovers().contains(Involved.VERSION_CREATOR)) {
            known.add(involvement.versionCreator().id());
        }
        release.approvals().forEach(vote -> known.add(vote.by().id()));
        SortedMap<String, String> refused = new TreeMap<>();
        known.forEach(id -> ApprovalRules.refusal(release, everywhere(Actor.user(id)), involvement)
                .ifPresent(why -> refused.put(id, why)));
        return refused;
    }

    private Optional<String> refusal(Actor actor) {
        return access.refusal(
                        actor, Permission.APPROVE_RELEASE, release.environment().value())
                .or(() -> ApprovalRules.refusal(release, everywhere(actor), involvement));
    }

    private ApprovalRules.Voter everywhere(Actor actor) {
        return new ApprovalRules.Voter(actor, access.groups(actor));
    }
}
