package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.EnvironmentPolicy.PreReleases;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreReleaseTest {
    private final Branches branches =
            new Branches(wiring -> wiring.environment("staging", new ScriptedTarget(), env -> env.tier(Tier.STAGING))
                    .environment(
                            "bold",
                            new ScriptedTarget(),
                            env -> env.tier(Tier.PRODUCTION).preReleases(PreReleases.ALLOWED)));

    @AfterEach
    void close() {
        branches.close();
    }

    @Test
    void pre_releases_follow_each_other_as_semver_says_and_an_increment_completes_them() {
        // given
        branches.published("1.2.0", "flows/a");
        branches.published("1.3.0-rc.9", "flows/b");
        Version candidate = branches.published("1.3.0-rc.10", "flows/c");
        // when
        Version complete =
                branches.versions().publish(branches.ready("main", "flows/d").id(), Bump.MINOR);
        // then
        assertThat(complete.number().tag()).isEqualTo("v1.3.0");
        assertThat(complete.previous()).contains(candidate.id());
        assertThat(branches.published("1.3.1-alpha", "flows/e").previous()).contains(complete.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.3.0-rc.2", "1.3.0-beta", "1.3.0-0", "1.3.0-rc.9+build"})
    void a_pre_release_before_the_newest_one_is_refused(String number) {
        branches.published("1.2.0", "flows/a");
        branches.published("1.3.0-rc.9", "flows/b");
        ChangeSet next = branches.ready("main", "flows/c");
        assertThatThrownBy(() -> branches.publish(number, next))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v1.3.0-rc.9");
        assertThat(branches.isReady(next)).isTrue();
    }

    @Test
    void a_pre_release_of_what_is_released_already_is_refused() {
        branches.published("1.3.0-rc.9", "flows/a");
        branches.published("1.3.0", "flows/b");
        ChangeSet next = branches.ready("main", "flows/c");
        assertThatThrownBy(() -> branches.publish("1.3.0-rc.10", next))
                .isInstanceOf(RefusedException.class)
                .hasMessage("v1.3.0-rc.10 is not greater than v1.3.0, which follows on the same maintenance line");
    }

    @Test
    void a_pre_release_enters_production_only_where_its_policy_allows_it() {
        Version candidate = branches.published("1.0.0-rc.1", "flows/a");
        branches.deployed(candidate, "staging");
        branches.deployed(candidate, "bold");
        assertThatThrownBy(() -> branches.alice().releases().request(candidate.id(), "production"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Pre-release v1.0.0-rc.1 may not go into this environment");
        branches.deployed(branches.published("1.0.0", "flows/b"), "production");
    }
}
