package io.github.releasepipeline.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionModelTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Actor ALICE = Actor.user("alice");

    private static Version version(String notes) {
        return new Version(
                new VersionId("v"),
                new VersionNumber("", 1, 2, 3, "", ""),
                Bump.MINOR,
                "because",
                new CommitId("a".repeat(40)),
                Optional.empty(),
                new ArrayList<>(List.of(new ChangeSetId("c"))),
                new ArrayList<>(List.of(7L)),
                Digest.of("m"),
                ItemCounts.of(List.of()),
                ItemCounts.of(List.of()),
                notes,
                Optional.empty(),
                List.of(),
                ALICE,
                NOON,
                Optional.empty(),
                new VersionState.Draft());
    }

    @Test
    void a_number_has_a_tag_and_a_unique_tag_without_build_metadata() {
        VersionNumber plain = new VersionNumber("", 1, 2, 3, "", "");
        assertThat(plain.core()).isEqualTo("1.2.3");
        assertThat(plain.tag()).isEqualTo("v1.2.3");
        assertThat(plain).hasToString("v1.2.3");
        VersionNumber full = new VersionNumber("billing", 1, 2, 3, "rc.1", "build.5");
        assertThat(full.core()).isEqualTo("1.2.3-rc.1");
        assertThat(full.uniqueTag()).isEqualTo("billing-v1.2.3-rc.1");
        assertThat(full.tag()).isEqualTo("billing-v1.2.3-rc.1+build.5");
        assertThat(full.isPreRelease()).isTrue();
        assertThat(plain.isPreRelease()).isFalse();
    }

    @Test
    void the_parts_of_a_number_are_not_negative() {
        assertThat(new VersionNumber("", 0, 0, 0, "", "").core()).isEqualTo("0.0.0");
        assertThatThrownBy(() -> new VersionNumber("", -1, 0, 0, "", "")).hasMessageContaining("not negative");
        assertThatThrownBy(() -> new VersionNumber("", 0, -1, 0, "", "")).hasMessageContaining("not negative");
        assertThatThrownBy(() -> new VersionNumber("", 0, 0, -1, "", "")).hasMessageContaining("not negative");
    }

    @Test
    void a_line_is_named_so_that_it_can_stand_in_a_tag() {
        for (String good : List.of("", "a", "a.b_c-d", "0", "a".repeat(100))) {
            assertThat(new VersionNumber(good, 1, 0, 0, "", "").line()).isEqualTo(good);
        }
        for (String bad : List.of("-a", "a-", "A", "a b", "a/b", "a".repeat(101))) {
            assertThatThrownBy(() -> new VersionNumber(bad, 1, 0, 0, "", ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("not '" + bad + "'");
        }
    }

    @Test
    void the_message_of_the_tag_is_the_first_line_of_the_notes_and_the_digest() {
        String trailer = "\n\nManifest: " + Digest.of("m") + "\n";
        assertThat(version("\n## Version 1.2.3 - Invoices  \n\n- more").tagMessage())
                .isEqualTo("Version 1.2.3 - Invoices" + trailer);
        assertThat(version("plain #1").tagMessage()).isEqualTo("plain #1" + trailer);
        assertThat(version("").tagMessage()).isEqualTo("Release v1.2.3" + trailer);
        assertThat(version(" \n#\n").tagMessage()).isEqualTo("Release v1.2.3" + trailer);
    }

    @Test
    void a_version_was_published_whatever_was_said_of_it_later() {
        Instant later = NOON.plusSeconds(1);
        assertThat(new VersionState.Published(NOON).published()).contains(NOON);
        assertThat(new VersionState.Deprecated(NOON, ALICE, "", later).published())
                .contains(NOON);
        assertThat(new VersionState.Blocked(NOON, ALICE, "", later).published()).contains(NOON);
        assertThat(new VersionState.Draft().published()).isEmpty();
        assertThat(new VersionState.Discarded("", later).published()).isEmpty();
    }

    @Test
    void each_state_has_its_own_name() {
        assertThat(List.of(
                                new VersionState.Draft(),
                                new VersionState.Published(NOON),
                                new VersionState.Deprecated(NOON, ALICE, "", NOON),
                                new VersionState.Blocked(NOON, ALICE, "", NOON),
                                new VersionState.Discarded("", NOON))
                        .stream()
                        .map(VersionState::kind))
                .containsExactly(VersionState.Kind.values());
        assertThat(List.of(
                                new ChangeSetState.Draft(),
                                new ChangeSetState.PendingReview(ALICE, NOON),
                                new ChangeSetState.Ready(ALICE, NOON),
                                new ChangeSetState.Versioned("v1.0.0", NOON),
                                new ChangeSetState.Abandoned(ALICE, "", NOON))
                        .stream()
                        .map(ChangeSetState::kind))
                .containsExactly(ChangeSetState.Kind.values());
    }

    @Test
    void ids_of_versions_and_sets_are_one_line_and_say_what_they_are_of() {
        assertThat(new VersionId("v1").reference()).isEqualTo("version:v1");
        assertThat(new VersionId("v1")).hasToString("v1");
        assertThat(new ChangeSetId("c1").reference()).isEqualTo("change-set:c1");
        assertThat(new ChangeSetId("c1")).hasToString("c1");
        assertThatThrownBy(() -> new VersionId(" ")).hasMessageStartingWith("A version id");
        assertThatThrownBy(() -> new ChangeSetId(" ")).hasMessageStartingWith("A change set id");
    }

    private static VersionNumber number(long major, long minor, long patch, String preRelease) {
        return new VersionNumber("", major, minor, patch, preRelease, "");
    }

    @Test
    void numbers_sort_by_their_precedence() {
        List<VersionNumber> ascending = List.of(
                number(0, 0, 9, ""),
                number(0, 0, 10, ""),
                number(0, 9, 0, ""),
                number(1, 0, 0, "0"),
                number(1, 0, 0, "2"),
                number(1, 0, 0, "11"),
                number(1, 0, 0, "9".repeat(50)),
                number(1, 0, 0, "1" + "0".repeat(50)),
                number(1, 0, 0, "alpha"),
                number(1, 0, 0, "alpha.1"),
                number(1, 0, 0, "alpha.beta"),
                number(1, 0, 0, "alpha-"),
                number(1, 0, 0, "beta.2"),
                number(1, 0, 0, "beta.11"),
                number(1, 0, 0, ""),
                number(1, 0, 1, "rc.1"),
                number(9, 99, 99, ""),
                number(10, 0, 0, ""),
                number(Long.MAX_VALUE, 0, 0, ""));
        assertThat(ascending.stream().map(VersionNumber::precedence)).isSorted().doesNotHaveDuplicates();
        assertThat(new VersionNumber("billing", 1, 2, 3, "rc.1", "b7").precedence())
                .as("neither line nor build count")
                .isEqualTo(number(1, 2, 3, "rc.1").precedence());
    }

    @Test
    void pre_release_and_build_fit_into_a_tag() {
        String longest = "a".repeat(100);
        assertThat(new VersionNumber("", 1, 0, 0, longest, longest).preRelease())
                .isEqualTo(longest);
        assertThatThrownBy(() -> new VersionNumber("", 1, 0, 0, longest + "a", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Pre-release and build of a version number have at most 100 characters each");
        assertThatThrownBy(() -> new VersionNumber("", 1, 0, 0, "", longest + "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
