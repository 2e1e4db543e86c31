package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.GroupDirectory;
import io.github.releasepipeline.actor.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccessPolicy} does. A test of an adapter extends it and tells of a person who is in a group and of one
 * thing that they may and one that they may not do.
 */
public abstract class AccessPolicyContract {
    private static final Actor STRANGER = Actor.user("nobody-knows-me");

    /** For subclasses. */
    protected AccessPolicyContract() {}

    /**
     * What somebody may want to do.
     *
     * @param permission what for
     * @param scope what it concerns
     */
    public record Wish(Permission permission, String scope) {}

    /** The policy under test. */
    protected abstract AccessPolicy newPolicy();

    /** A person whom the policy knows. */
    protected abstract Actor member();

    /** A group they are in. */
    protected abstract String group();

    /** What they may do. */
    protected abstract Wish allowed();

    /** What they may not do. */
    protected abstract Wish refused();

    @Test
    void what_is_allowed_is_not_refused() {
        assertThat(refusal(newPolicy(), member(), allowed())).isEmpty();
    }

    @Test
    void what_is_not_allowed_is_refused_with_a_reason_of_one_line() {
        Optional<String> reason = refusal(newPolicy(), member(), refused());

        assertThat(reason)
                .hasValueSatisfying(text -> assertThat(text).isNotBlank().doesNotContain("\n"));
    }

    @Test
    void a_stranger_may_not_do_what_a_member_may() {
        assertThat(refusal(newPolicy(), STRANGER, allowed())).isPresent();
        assertThat(newPolicy().groups(STRANGER)).isEmpty();
    }

    @Test
    void a_member_is_told_with_their_group() {
        assertThat(newPolicy().groups(member())).contains(group());
    }

    @Test
    void a_directory_lists_the_members_whose_group_is_told_and_nobody_of_an_unknown_group() {
        if (newPolicy() instanceof GroupDirectory directory) {
            Set<String> members = directory.members(group()).orElse(Set.of(member().id()));
            assertThat(members)
                    .contains(member().id())
                    .allSatisfy(
                            id -> assertThat(directory.groups(Actor.user(id))).contains(group()));
            assertThat(directory.members("no group of this name").orElse(Set.of()))
                    .isEmpty();
        }
    }

    @Test
    void an_actor_of_another_kind_with_the_same_id_is_somebody_else() {
        Actor service = Actor.service(member().id());

        assertThat(newPolicy().groups(service)).doesNotContain(group());
        assertThat(refusal(newPolicy(), service, allowed())).isPresent();
    }

    @Test
    void acting_for_a_member_does_not_make_one() {
        Actor service = Actor.service("bot").onBehalfOf(member().id());

        assertThat(newPolicy().groups(service)).doesNotContain(group());
        assertThat(refusal(newPolicy(), service, allowed())).isPresent();
    }

    @Test
    void every_permission_in_any_scope_has_an_answer_and_the_same_one_again() {
        AccessPolicy policy = newPolicy();
        List<String> scopes = new ArrayList<>(Sample.HOSTILE);
        scopes.addAll(List.of("", "production", Sample.REPOSITORY));

        for (Permission permission : Permission.values()) {
            for (String scope : scopes) {
                Wish wish = new Wish(permission, scope);
                assertThat(refusal(policy, member(), wish)).isEqualTo(refusal(policy, member(), wish));
            }
        }
    }

    @Test
    void several_threads_can_ask_at_once() {
        AccessPolicy policy = newPolicy();
        Callable<Set<String>> asking = () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(refusal(policy, member(), allowed())).isEmpty();
            }
            return policy.groups(member());
        };

        assertThat(StoreFacts.atOnce(List.of(asking, asking, asking)))
                .allSatisfy(groups -> assertThat(groups).contains(group()));
    }

    private static Optional<String> refusal(AccessPolicy policy, Actor actor, Wish wish) {
        return policy.refusal(actor, wish.permission(), wish.scope());
    }
}
