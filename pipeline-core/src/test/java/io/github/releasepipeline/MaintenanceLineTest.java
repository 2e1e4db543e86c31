package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceLineTest {
    private final Branches branches = new Branches();

    @AfterEach
    void close() {
        assertThat(branches.alice().audit().verify().problems()).isEmpty();
        branches.close();
    }

    @Test
    void a_lower_number_is_published_where_the_version_before_it_is_an_ancestor() {
        // given
        Version base = branches.published("1.2.1", "flows/a");
        Version newest = branches.published("2.0.0", "flows/b");
        branches.branch("release/1.2", base);
        ChangeSet fix = branches.ready("release/1.2", "flows/a");
        // when
        Version maintained = branches.publish("1.2.2", fix);
        // then
        assertThat(maintained.number().tag()).isEqualTo("v1.2.2");
        assertThat(maintained.previous()).contains(base.id());
        assertThat(maintained.pullRequests())
                .containsExactlyElementsOf(
                        branches.alice().changeSets().get(fix.id()).pullRequests());
        assertThat(branches.versions().manifest(maintained.id()).byPath()).containsOnlyKeys("flows/a");
        assertThat(branches.published("2.0.1", "flows/c").previous())
                .as("the head goes on from the head")
                .contains(newest.id());
        Version minor = branches.publish("1.3.0", branches.ready("release/1.2", "flows/d"));
        assertThat(minor.previous()).contains(maintained.id());
    }

    @Test
    void a_lower_number_is_refused_where_the_version_before_it_is_no_ancestor() {
        // given
        Version first = branches.published("1.2.0", "flows/a");
        branches.published("1.2.1", "flows/b");
        branches.published("2.0.0", "flows/c");
        branches.branch("release/1.2", first);
        ChangeSet fix = branches.ready("release/1.2", "flows/a");
        // when / then
        refused("version.ancestry", "1.2.2", fix, "v1.2.1");
    }

    @Test
    void a_lower_number_is_refused_where_there_is_nothing_to_maintain_or_a_later_patch_exists() {
        // given
        Version base = branches.published("1.2.1", "flows/a");
        branches.published("2.0.0", "flows/b");
        branches.branch("release/1.2", base);
        branches.publish("1.2.5", branches.ready("release/1.2", "flows/a"));
        ChangeSet fix = branches.ready("release/1.2", "flows/c");
        // when / then
        refused("version.order", "1.0.0", fix, "v1.2.1");
        refused("version.order", "1.2.2", fix, "v1.2.5");
        refused("version.order", "0.9.0", fix, "v1.2.1");
        refused("version.taken", "1.2.5", fix, "v1.2.5");
        refused("version.taken", "1.2.5+other.build", fix, "v1.2.5");
        assertThat(branches.tags()).containsExactlyInAnyOrder("v1.2.1", "v1.2.5", "v2.0.0");
    }

    @Test
    void what_only_a_later_version_was_made_of_is_a_stowaway_of_an_earlier_one() {
        // given
        branches.published("1.2.1", "flows/a");
        long later = branches.merged("main", "flows/b", "later");
        branches.publish("2.0.0", branches.set(later));
        ChangeSet onMain = branches.ready("main", "flows/c");
        // when / then
        refused("version.stowaways", "1.2.2", onMain, "#" + later);
    }

    @Test
    void what_an_earlier_version_was_made_of_is_no_stowaway_of_a_later_one() {
        // given
        Version base = branches.published("1.2.1", "flows/a");
        branches.published("2.0.0", "flows/b");
        branches.branch("release/1.2", base);
        long fix = branches.merged("release/1.2", "flows/a", "fixed");
        Version maintained = branches.publish("1.2.2", branches.set(fix));
        branches.mergeIntoMain("release/1.2", Map.of("flows/a", "fixed", "flows/b", "new flows/b"));
        // when
        Version next = branches.published("2.1.0", "flows/c");
        // then
        assertThat(next.pullRequests()).contains(fix);
        assertThat(branches.versions().changes(next.id()))
                .filteredOn(change -> change.pullRequests().contains(fix))
                .extracting(change -> change.changeSet().orElseThrow())
                .containsExactly(maintained.changeSets().get(0));
    }

    @Test
    void a_version_is_refused_if_another_came_to_stand_before_it_meanwhile() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        try (Branches busy = new Branches(wiring -> wiring.ids(Branches.ids(meanwhile)))) {
            // given
            Version base = busy.published("1.2.1", "flows/a");
            busy.published("2.0.0", "flows/b");
            busy.branch("release/1.2", base);
            ChangeSet first = busy.ready("release/1.2", "flows/c");
            ChangeSet second = busy.ready("release/1.2", "flows/d");
            ChangeSet head = busy.ready("main", "flows/e");
            ChangeSet faster = busy.ready("main", "flows/f");
            // when / then
            meanwhile.set(() -> busy.publish("1.2.2", first));
            assertThatThrownBy(() -> busy.publish("1.2.3", second))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageStartingWith("v1.2.3 was proposed before v1.2.2 became the version before it");
            meanwhile.set(() -> busy.versions().publish(List.of(faster.id(), head.id()), version -> {}));
            assertThatThrownBy(() -> busy.versions().publish(List.of(head.id(), faster.id()), version -> {}))
                    .isInstanceOf(RefusedException.class);
            meanwhile.set(() -> busy.publish("3.0.0", busy.ready("main", "flows/g")));
            assertThat(busy.publish("1.2.3", second).previous())
                    .as("what happens elsewhere on the line does not matter")
                    .isEqualTo(busy.versions().tagged("v1.2.2").map(Version::id));
        }
    }

    private void refused(String rule, String number, ChangeSet set, String named) {
        assertThatThrownBy(() -> branches.versions().publish(List.of(set.id()), version -> version.number(number)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.rule()).isEqualTo(rule))
                .hasMessageContaining(named);
        assertThat(branches.isReady(set))
                .as("the set of a refused version stays ready")
                .isTrue();
    }
}
