package io.github.releasepipeline.core.version;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.NO_ITEMS;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.changeSet;
import static io.github.releasepipeline.core.machine.Samples.commit;
import static io.github.releasepipeline.core.machine.Samples.created;
import static io.github.releasepipeline.core.machine.Samples.drafted;
import static io.github.releasepipeline.core.machine.Samples.merged;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.pullRequest;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRulesTest {
    private static final VersionNumber NUMBER = number(1, 3, 0);
    private static final Version DRAFT = version(NUMBER);
    private static final Version PUBLISHED = version(NUMBER, new VersionEvent.Published());
    private static final Version DEPRECATED =
            version(NUMBER, new VersionEvent.Published(), new VersionEvent.Deprecated());
    private static final Version BLOCKED = version(NUMBER, new VersionEvent.Published(), new VersionEvent.Blocked());
    private static final Version DISCARDED = version(NUMBER, new VersionEvent.Discarded());

    @Test
    void a_number_is_free_and_greater_than_the_latest() {
        VersionEvent.Drafted draft = drafted(NUMBER);
        assertThat(accepted(VersionRules.draft(draft, false, Optional.empty(), Optional.empty())))
                .containsExactly(draft);
        assertThat(accepted(VersionRules.draft(draft, false, Optional.of(number(1, 2, 9)), Optional.empty())))
                .containsExactly(draft);
        assertThat(refused(VersionRules.draft(draft, true, Optional.empty(), Optional.empty()), "version.taken")
                        .message())
                .isEqualTo("There is already a version v1.3.0");
        assertThat(refused(
                                VersionRules.draft(draft, false, Optional.empty(), Optional.of(number(1, 10, 0))),
                                "version.order")
                        .message())
                .isEqualTo(
                        "v1.3.0 is not greater than v1.10.0, and there is no version before it that it could maintain");
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.2, 1.2.1, 2.0.0, true",
        "1.2.2, 1.2.1, 1.3.0, true",
        "1.2.5, 1.2.1, 1.3.0-rc.1, true",
        "1.2.2-rc.1, 1.2.1, 2.0.0, true",
        "1.2.2, 1.2.2-rc.1, 2.0.0, true",
        "1.2.2, 1.2.1, 1.2.3, false",
        "1.2.2-rc.1, 1.2.1, 1.2.2, false",
        "1.4.0, 1.3.7, 2.0.0, true",
        "1.4.0, 1.3.7, 2.0.0-alpha, true",
        "1.4.0, 1.3.7, 1.5.0, false",
        "1.4.0-rc.1, 1.3.7, 1.4.0, false",
        "1.9.0, 0.9.0, 2.0.0, false"
    })
    void a_lower_number_continues_the_patches_of_its_minor_or_the_minors_of_its_major(
            String number, String below, String above, boolean accepted) {
        Optional<Decision> refusal = VersionRules.number(
                Numbers.parse("", number),
                false,
                Optional.of(Numbers.parse("", below)),
                Optional.of(Numbers.parse("", above)));
        assertThat(refusal.isEmpty()).isEqualTo(accepted);
        refusal.ifPresent(decision ->
                assertThat(refused(decision, "version.order").message()).contains("v" + number, "v" + above));
    }

    @Test
    void publishing_again_changes_nothing() {
        assertThat(accepted(VersionRules.publish(DRAFT, Optional.empty())))
                .containsExactly(new VersionEvent.Published());
        assertThat(accepted(VersionRules.publish(PUBLISHED, Optional.empty()))).isEmpty();
        for (Version version : List.of(DEPRECATED, BLOCKED, DISCARDED)) {
            assertThat(refused(VersionRules.publish(version, Optional.empty()), "version.state")
                            .message())
                    .isEqualTo("Version v1.3.0 is " + version.state().kind() + " and cannot be published");
        }
    }

    @Test
    void only_a_draft_is_discarded_and_only_what_was_published_is_retired() {
        assertThat(accepted(VersionRules.discard(DRAFT))).containsExactly(new VersionEvent.Discarded());
        for (Version version : List.of(PUBLISHED, DEPRECATED, BLOCKED, DISCARDED)) {
            refused(VersionRules.discard(version), "version.state");
        }
        assertThat(accepted(VersionRules.deprecate(PUBLISHED))).containsExactly(new VersionEvent.Deprecated());
        for (Version version : List.of(DRAFT, DEPRECATED, BLOCKED, DISCARDED)) {
            refused(VersionRules.deprecate(version), "version.state");
        }
        assertThat(accepted(VersionRules.block(PUBLISHED))).containsExactly(new VersionEvent.Blocked());
        assertThat(accepted(VersionRules.block(DEPRECATED))).containsExactly(new VersionEvent.Blocked());
        for (Version version : List.of(DRAFT, BLOCKED, DISCARDED)) {
            refused(VersionRules.block(version), "version.state");
        }
    }

    @Test
    void folding_makes_the_version_that_was_drafted_and_never_changes_its_contents() {
        assertThat(DRAFT)
                .isEqualTo(new Version(
                        VERSION,
                        NUMBER,
                        Bump.MINOR,
                        "because",
                        commit("tip"),
                        Optional.empty(),
                        List.of(new ChangeSetId("c1")),
                        List.of(7L),
                        MANIFEST,
                        NO_ITEMS,
                        NO_ITEMS,
                        "# Notes",
                        Optional.empty(),
                        List.of(),
                        ALICE,
                        NOON,
                        Optional.empty(),
                        new VersionState.Draft()));
        Stamp later = new Stamp(BOB, NOON.plusSeconds(5), Optional.of("old"));
        Version deprecated =
                VersionMachine.MACHINE.fold(VERSION, Optional.of(PUBLISHED), new VersionEvent.Deprecated(), later);
        assertThat(deprecated.state()).isEqualTo(new VersionState.Deprecated(NOON, BOB, "old", later.at()));
        assertThat(deprecated.notes()).isEqualTo("# Notes");
        assertThat(VersionMachine.MACHINE
                        .fold(VERSION, Optional.of(deprecated), new VersionEvent.Blocked(), by(ALICE, "bad"))
                        .state())
                .isEqualTo(new VersionState.Blocked(NOON, ALICE, "bad", NOON));
        assertThat(PUBLISHED.state()).isEqualTo(new VersionState.Published(NOON));
        assertThat(DISCARDED.state()).isEqualTo(new VersionState.Discarded("reason", NOON));
    }

    @Test
    void a_delivery_is_kept_beside_the_state() {
        Version delivered = VersionMachine.MACHINE.fold(
                VERSION, Optional.of(DEPRECATED), new VersionEvent.Delivered("r1"), by(ALICE, ""));
        assertThat(delivered.deliveredBy()).contains("r1");
        assertThat(delivered.state()).isEqualTo(DEPRECATED.state());
        assertThat(VersionMachine.MACHINE
                        .fold(VERSION, Optional.of(delivered), new VersionEvent.Blocked(), by(ALICE, ""))
                        .deliveredBy())
                .contains("r1");
    }

    @Test
    void a_fold_refuses_what_the_table_does_not_have() {
        assertThatThrownBy(() -> version(NUMBER, new VersionEvent.Deprecated()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No such transition: DRAFT --version.deprecated--> DEPRECATED");
        assertThatThrownBy(() -> VersionMachine.MACHINE.fold(
                        VERSION, Optional.empty(), new VersionEvent.Published(), by(ALICE, "")))
                .hasMessage("No version v1");
    }

    @ParameterizedTest
    @CsvSource({"BREAKING, MAJOR", "FEATURE, MINOR", "FIX, PATCH", "HOTFIX, PATCH", "PERFORMANCE, PATCH", "DOCS, PATCH"
    })
    void the_type_of_a_set_decides_the_bump(ChangeType type, Bump bump) {
        BumpRule.Suggestion suggestion =
                BumpRule.suggest(List.of(changeSet("c1", type, List.of())), List.of(labelled("breaking")), ALICE);
        assertThat(suggestion).isEqualTo(new BumpRule.Suggestion(bump, "change set 'Set c1' is of type " + type));
    }

    @Test
    void of_several_sets_the_largest_counts_once() {
        List<ChangeSet> sets = List.of(
                changeSet("c1", ChangeType.FIX, List.of()),
                changeSet("c2", ChangeType.BREAKING, List.of()),
                changeSet("c3", ChangeType.FEATURE, List.of()));
        assertThat(BumpRule.suggest(sets, List.of(), ALICE).bump()).isEqualTo(Bump.MAJOR);
    }

    @ParameterizedTest
    @CsvSource({
        "breaking, MAJOR",
        "Breaking-Change, MAJOR",
        "feature, MINOR",
        "enhancement, MINOR",
        "bug, PATCH",
        "fix, PATCH",
        "HOTFIX, PATCH",
        "performance, PATCH",
        "docs, PATCH",
        "documentation, PATCH"
    })
    void without_a_type_a_label_decides(String label, Bump bump) {
        ChangeSet other = changeSet("c1", ChangeType.OTHER, List.of(7L));
        assertThat(BumpRule.suggest(List.of(other), List.of(labelled("x", label)), Actor.rule("auto")))
                .isEqualTo(new BumpRule.Suggestion(bump, "pull request #7 has the label '" + label + "'"));
    }

    @Test
    void the_largest_label_counts_and_without_any_it_depends_on_who_makes_the_version() {
        ChangeSet other = changeSet("c1", ChangeType.OTHER, List.of(7L));
        assertThat(BumpRule.suggest(List.of(other), List.of(labelled("fix", "feature"), labelled("docs")), ROBOT)
                        .bump())
                .isEqualTo(Bump.MINOR);
        assertThat(BumpRule.suggest(List.of(other), List.of(labelled("x")), ALICE))
                .isEqualTo(new BumpRule.Suggestion(Bump.MINOR, "default for versions made by a person"));
        assertThat(BumpRule.suggest(List.of(other), List.of(), Actor.rule("auto")))
                .isEqualTo(new BumpRule.Suggestion(Bump.PATCH, "default for versions made by a rule"));
    }

    @Test
    void a_label_of_a_set_without_a_type_counts_beside_the_types_of_other_sets() {
        ChangeSet fix = changeSet("c1", ChangeType.FIX, List.of(8L));
        ChangeSet other = changeSet("c2", ChangeType.OTHER, List.of(7L));
        List<PullRequest> members = List.of(labelled("feature"), pullRequest(8, "t", merged("m8"), "breaking"));
        assertThat(BumpRule.suggest(List.of(fix, other), members, ALICE))
                .isEqualTo(new BumpRule.Suggestion(Bump.MINOR, "pull request #7 has the label 'feature'"));
        assertThat(BumpRule.suggest(List.of(fix), members, ALICE).bump())
                .as("the type of a set goes before labels")
                .isEqualTo(Bump.PATCH);
    }

    private static PullRequest labelled(String... labels) {
        return pullRequest(7, "t", merged("m7"), labels);
    }

    @Test
    void changes_are_attributed_to_pull_requests_and_sets_by_the_commits_that_brought_them() {
        // given
        Map<CommitId, PullRequest> byMerge = Map.of(
                commit("m7"), pullRequest(7, "t", merged("m7")), commit("m8"), pullRequest(8, "t", merged("m8")));
        ChangeOrigin ours = new ChangeOrigin(created("a"), List.of(commit("m7"), commit("m7")), List.of());
        ChangeOrigin mixed = new ChangeOrigin(created("b"), List.of(commit("m8"), commit("m7")), List.of());
        ChangeOrigin direct = new ChangeOrigin(created("c"), List.of(commit("gone")), List.of(commit("d")));
        // when
        Attribution.Result result = Attribution.of(
                List.of(ours, mixed, direct), byMerge, List.of(changeSet("c1", ChangeType.FIX, List.of(7L))));
        // then
        Optional<ChangeSetId> set = Optional.of(new ChangeSetId("c1"));
        ChangeAttribution unattributed =
                new ChangeAttribution(created("c"), List.of(), Optional.empty(), List.of(commit("d")));
        assertThat(result.changes())
                .containsExactly(
                        new ChangeAttribution(created("a"), List.of(7L), set, List.of()),
                        new ChangeAttribution(created("b"), List.of(8L, 7L), set, List.of()),
                        unattributed);
        assertThat(result.stowaways()).containsExactly(8L);
        assertThat(result.unattributed()).containsExactly(unattributed);
    }

    @Test
    void notes_are_grouped_by_type_and_name_each_pull_request_once() {
        List<ChangeSet> sets = List.of(
                changeSet("c1", ChangeType.FIX, List.of(7L)),
                changeSet("c2", ChangeType.BREAKING, List.of(8L)),
                changeSet("c3", ChangeType.FIX, List.of(7L, 9L)));
        Map<Long, PullRequest> pullRequests = new TreeMap<>();
        for (long number : new long[] {7, 8, 9, 10}) {
            pullRequests.put(number, pullRequest(number, "Title " + number, merged("m" + number)));
        }
        assertThat(ReleaseNotes.generate(new VersionNumber("line", 1, 3, 0, "rc.1", "b1"), sets, pullRequests))
                .isEqualTo("""
                        # Version 1.3.0-rc.1 - Set c1, Set c2, Set c3

                        ## Breaking Changes

                        - Title 8 (#8)

                        ## Bug Fixes

                        - Title 7 (#7)
                        - Title 9 (#9)

                        ## Also Included

                        - Title 10 (#10)
                        """);
    }

    @Test
    void each_type_has_its_heading() {
        StringBuilder headings = new StringBuilder();
        for (ChangeType type : ChangeType.values()) {
            String notes = ReleaseNotes.generate(
                    NUMBER, List.of(changeSet("c1", type, List.of(7L))), Map.of(7L, pullRequest(7, "t", merged("m7"))));
            headings.append(notes.lines()
                    .filter(line -> line.startsWith("## "))
                    .findFirst()
                    .orElse(""));
        }
        assertThat(headings)
                .hasToString("## Breaking Changes## Features## Bug Fixes## Hotfixes## Performance## Documentation"
                        + "## Other Changes");
        assertThat(ReleaseNotes.generate(NUMBER, List.of(), Map.of())).isEqualTo("# Version 1.3.0\n");
    }

    @Test
    void a_hostile_title_is_neither_markup_nor_a_second_line() {
        String title =
                "<script>alert(1)</script>\n# Pwned\r\n- [x](javascript:y) ![z](u) `c` *b* _i_ @all #1 ~s~ a|b \\";
        String notes = ReleaseNotes.generate(NUMBER, List.of(), Map.of(7L, pullRequest(7, title, merged("m7"))));
        assertThat(notes)
                .isEqualTo("# Version 1.3.0\n\n## Also Included\n\n"
                        + "- \\<script\\>alert(1)\\</script\\> \\# Pwned - \\[x\\](javascript:y) \\!\\[z\\](u) \\`c\\` "
                        + "\\*b\\* \\_i\\_ \\@all \\#1 \\~s\\~ a\\|b \\\\ (#7)\n");
    }
}
