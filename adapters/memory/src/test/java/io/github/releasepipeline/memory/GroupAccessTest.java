package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.tck.AccessPolicyContract;
import org.junit.jupiter.api.Test;

class GroupAccessTest extends AccessPolicyContract {
    private static final Actor ALICE = Actor.user("alice");

    @Override
    protected AccessPolicy newPolicy() {
        return GroupAccess.builder()
                .members("release-managers", ALICE, Actor.user("bob"))
                .grant("release-managers", Permission.MERGE)
                .grantIn("production", "release-managers", Permission.DEPLOY)
                .build();
    }

    @Override
    protected Actor member() {
        return ALICE;
    }

    @Override
    protected String group() {
        return "release-managers";
    }

    @Override
    protected Wish allowed() {
        return new Wish(Permission.DEPLOY, "production");
    }

    @Override
    protected Wish refused() {
        return new Wish(Permission.DEPLOY, "staging");
    }

    @Test
    void a_grant_without_a_scope_holds_everywhere() {
        assertThat(newPolicy().refusal(ALICE, Permission.MERGE, "anything")).isEmpty();
    }

    @Test
    void what_is_added_to_a_builder_later_does_not_change_a_policy() {
        GroupAccess.Builder builder = GroupAccess.builder().members("ops", ALICE);
        GroupAccess before = builder.build();
        builder.grant("ops", Permission.DEPLOY).members("security", ALICE);

        assertThat(before.refusal(ALICE, Permission.DEPLOY, "production")).isPresent();
        assertThat(before.groups(ALICE)).containsExactly("ops");
    }
}
