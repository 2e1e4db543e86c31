package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.version.Version;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComponentLineTest {
    private final ScriptedTarget till = new ScriptedTarget();
    private final Branches branches =
            new Branches(wiring -> wiring.component("billing", "flows/billing/**", "flows/tax")
                    .component("shipping", "flows/shipping/**")
                    .environment("till", till, env -> env.tier(Tier.PRODUCTION).component("billing")));

    @AfterEach
    void close() {
        assertThat(branches.alice().audit().verify().problems()).isEmpty();
        branches.close();
    }

    private Version publish(String component, ChangeSet set) {
        return branches.versions().publish(List.of(set.id()), version -> version.component(component));
    }

    @Test
    void every_component_has_a_line_of_versions_with_numbers_and_items_of_its_own() {
        // given
        ChangeSet whole = branches.ready("main", "flows/other");
        ChangeSet billing = branches.set(
                branches.merged("main", "flows/billing/a", "1"), branches.merged("main", "flows/tax", "1"));
        ChangeSet shipping = branches.ready("main", "flows/shipping/a");
        // when
        Version repository = branches.versions().publish(whole.id());
        Version first = publish("billing", billing);
        Version other = publish("shipping", shipping);
        Version second = publish("billing", branches.ready("main", "flows/billing/b"));
        // then
        assertThat(branches.tags())
                .containsExactlyInAnyOrder("v0.1.0", "billing-v0.1.0", "shipping-v0.1.0", "billing-v0.2.0");
        assertThat(branches.versions().manifest(second.id()).byPath())
                .containsOnlyKeys("flows/billing/a", "flows/billing/b", "flows/tax");
        assertThat(branches.versions().manifest(repository.id()).byPath()).containsOnlyKeys("flows/other");
        assertThat(branches.versions().changes(second.id()))
                .extracting(change -> change.change().id().path())
                .containsExactly("flows/billing/b");
        assertThat(second.previous()).contains(first.id());
        assertThat(other.previous()).isEmpty();
        assertThat(second.items()).hasToString("3 workflows");
        assertThat(branches.versions().verify(second.id())).isEmpty();
    }

    @Test
    void only_what_changes_the_component_can_be_a_stowaway_of_it() {
        // given
        publish("billing", branches.ready("main", "flows/billing/a"));
        branches.ready("main", "flows/shipping/a");
        publish("billing", branches.ready("main", "flows/billing/b"));
        long stowaway = branches.merged("main", "flows/tax", "more");
        ChangeSet set = branches.ready("main", "flows/billing/c");
        // when / then
        assertThatThrownBy(() -> publish("billing", set))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("billing-v0.3.0 would bring")
                .hasMessageContaining("#" + stowaway);
    }

    @Test
    void what_was_released_on_one_line_is_no_stowaway_on_another() {
        // given
        publish("billing", branches.ready("main", "flows/billing/a"));
        branches.versions().publish(branches.ready("main", "flows/other").id());
        Version billing = publish("billing", branches.ready("main", "flows/billing/b"));
        // when
        Version whole =
                branches.versions().publish(branches.ready("main", "flows/more").id());
        // then
        assertThat(whole.number().tag()).isEqualTo("v0.2.0");
        assertThat(branches.versions().changes(whole.id()))
                .extracting(
                        change -> change.change().id().path(),
                        change -> change.changeSet()
                                .orElseThrow()
                                .equals(billing.changeSets().get(0)))
                .containsExactly(Tuple.tuple("flows/billing/b", true), Tuple.tuple("flows/more", false));
    }

    @Test
    void a_set_that_does_not_touch_the_component_is_refused() {
        ChangeSet set = branches.ready("main", "flows/shipping/a");
        assertThatThrownBy(() -> publish("billing", set))
                .isInstanceOf(RefusedException.class)
                .hasMessage("No pull request of change set 'Set of 1' changes an item of component billing");
        assertThatThrownBy(() -> publish("payroll", set))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("payroll");
        assertThat(branches.isReady(set)).isTrue();
    }

    @Test
    void a_version_goes_only_into_environments_of_its_line() {
        // given
        Version whole = branches.versions()
                .publish(branches.ready("main", "flows/other").id());
        Version billing = publish("billing", branches.ready("main", "flows/billing/a"));
        // when / then
        assertThatThrownBy(() -> branches.alice().releases().request(billing.id(), "production"))
                .isInstanceOf(RefusedException.class)
                .hasMessage("Version billing-v0.1.0 may not go into this environment, which takes versions of the whole"
                        + " repository");
        assertThatThrownBy(() -> branches.alice().releases().request(whole.id(), "till"))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "Version v0.1.0 may not go into this environment, which takes versions of component billing");
        branches.deployed(billing, "till");
        assertThat(till.observe().active().items())
                .extracting(item -> item.id().path())
                .containsExactly("flows/billing/a");
    }

    @Test
    void a_hotfix_of_a_component_is_on_its_line() {
        // given
        branches.deployed(branches.published("5.0.0", "flows/other"), "production");
        Version active = publish("billing", branches.ready("main", "flows/billing/a"));
        branches.deployed(active, "till");
        ChangeSet fix = branches.ready("main", "flows/billing/a2");
        // when
        Version hotfix = branches.versions()
                .publish(
                        List.of(fix.id()),
                        version -> version.component("billing").hotfix());
        // then
        assertThat(hotfix.number().tag()).isEqualTo("billing-v0.1.1");
        assertThat(branches.published("5.1.0", "flows/more").missingHotfixes())
                .as("hotfixes of other lines are not missing")
                .isEmpty();
    }
}
