package io.github.releasepipeline.memory;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.GroupDirectory;
import io.github.releasepipeline.actor.Permission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An access policy of fixed groups: what is not granted to a group of the actor is refused. Somebody for whom an actor
 * acts does not count. Immutable.
 */
public final class GroupAccess implements GroupDirectory {
    private final Map<Member, Set<String>> groups;
    private final Map<Grant, Set<Permission>> grants;

    private GroupAccess(Map<Member, Set<String>> groups, Map<Grant, Set<Permission>> grants) {
        this.groups = groups;
        this.grants = grants;
    }

    /** Groups without members and without permissions. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<String> refusal(Actor actor, Permission permission, String scope) {
        boolean granted = groups(actor).stream()
                .anyMatch(group -> isGranted(Grant.everywhere(group), permission)
                        || isGranted(new Grant(group, Optional.of(scope)), permission));
        return granted
                ? Optional.empty()
                : Optional.of("No group of " + actor.id() + " has the permission " + permission + " here");
    }

    private boolean isGranted(Grant grant, Permission permission) {
        return grants.getOrDefault(grant, Set.of()).contains(permission);
    }

    @Override
    public Set<String> groups(Actor actor) {
        return groups.getOrDefault(Member.of(actor), Set.of());
    }

    @Override
    public Optional<Set<String>> members(String group) {
        return Optional.of(groups.entrySet().stream()
                .filter(entry -> entry.getValue().contains(group))
                .map(Map.Entry::getKey)
                .filter(member -> member.kind() == Actor.Kind.USER)
                .map(Member::id)
                .collect(Collectors.toSet()));
    }

    /** Puts groups together. */
    public static final class Builder {
        private final Map<Member, Set<String>> groups = new HashMap<>();
        private final Map<Grant, Set<Permission>> grants = new HashMap<>();

        private Builder() {}

        /** Puts actors into a group. */
        public Builder members(String group, Actor... actors) {
            for (Actor actor : actors) {
                groups.computeIfAbsent(Member.of(actor), key -> new TreeSet<>()).add(group);
            }
            return this;
        }

        /** Lets a group do things in every scope. */
        public Builder grant(String group, Permission... permissions) {
            return grant(Grant.everywhere(group), permissions);
        }

        /** Lets a group do things in one scope: an environment, or the repository. */
        public Builder grantIn(String scope, String group, Permission... permissions) {
            return grant(new Grant(group, Optional.of(scope)), permissions);
        }

        private Builder grant(Grant grant, Permission... permissions) {
            grants.computeIfAbsent(grant, key -> EnumSet.noneOf(Permission.class))
                    .addAll(Set.of(permissions));
            return this;
        }

        /** The policy; what is added to the builder later does not change it. */
        public GroupAccess build() {
            Map<Member, Set<String>> groupsNow = new HashMap<>();
            groups.forEach((member, names) -> groupsNow.put(member, Set.copyOf(names)));
            Map<Grant, Set<Permission>> grantsNow = new HashMap<>();
            grants.forEach((grant, permissions) -> grantsNow.put(grant, Set.copyOf(permissions)));
            return new GroupAccess(groupsNow, grantsNow);
        }
    }

    /** An actor, whomever they act for. */
    private record Member(String id, Actor.Kind kind) {
        static Member of(Actor actor) {
            return new Member(actor.id(), actor.kind());
        }
    }

    /** Where a group may do something; everywhere if there is no scope. */
    private record Grant(String group, Optional<String> scope) {
        static Grant everywhere(String group) {
            return new Grant(group, Optional.empty());
        }
    }
}
