package io.github.releasepipeline.core.version;

import static io.github.releasepipeline.core.machine.Samples.changeSet;
import static io.github.releasepipeline.core.machine.Samples.commit;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.policy.NotesPolicy.Severity;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.NotesWarning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesRulesTest {
    private static final NotesPolicy SECTIONS = NotesPolicy.none().sections(Severity.WARN);
    private static final NotesPolicy COMPANY = NotesPolicy.none().company(Severity.FAIL, "workflow", "agent", "test");
    private static final NotesPolicy SCHEMA = NotesPolicy.none().schema(Severity.FAIL, "migration");
    private static final ChangeSet SET = changeSet("c1", ChangeType.FEATURE, List.of(1L));
    private static final ChangeSet OTHER = changeSet("c2", ChangeType.FIX, List.of(2L));

    @Test
    void notes_as_the_best_practice_has_them_have_all_sections() {
        String notes = """
                ## v1.3.0 - Invoice Processing v2
                **Impact:** Improves invoice extraction accuracy by 15% and reduces latency by 30%.
                **Migration:** No action required. Changes are backward compatible.
                **Rollback:** Safe to rollback. No database schema changes.
                """;

        assertThat(check(SECTIONS, notes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Impact\n## migration\n###### ROLLBACK of things",
                "Impact: a\nMigration : b\nRollback:",
                "- **Impact:** a\n* __Migration__: b\n+ Rollback: c",
                "## **Impact**\n ## Migration\n   ## Rollback"
            })
    void a_section_is_a_heading_or_a_word_in_front_of_a_colon(String notes) {
        assertThat(check(SECTIONS, notes)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Impactful: a\nMigrations: b\nRollbacks: c",
                "The Impact: a. Migration and Rollback are fine",
                "```\n# Impact\n# Migration\n# Rollback\n```",
                "~~~ yaml\nImpact: a\nMigration: b\nRollback: c",
                "```\n~~~\n# Impact\n~~~\n# Migration\n~~~\n# Rollback\n```",
                "    # Impact\n    # Migration\n    # Rollback",
                "#Impact\n#Migration\n#Rollback"
            })
    void what_only_looks_like_a_section_is_none(String notes) {
        assertThat(check(SECTIONS, notes))
                .containsExactly(
                        new NotesWarning(Severity.WARN, "The notes have no section 'Impact'"),
                        new NotesWarning(Severity.WARN, "The notes have no section 'Migration'"),
                        new NotesWarning(Severity.WARN, "The notes have no section 'Rollback'"));
    }

    @Test
    void code_ends_where_its_fence_does() {
        assertThat(check(SECTIONS, "```\ncode\n```\n# Impact\n# Migration\n```\n# Rollback\n```"))
                .extracting(NotesWarning::text)
                .containsExactly("The notes have no section 'Rollback'");
    }

    @Test
    void a_set_that_changes_workflows_without_agents_or_tests_is_named() {
        List<ChangeAttribution> changes = List.of(change("workflow", SET), change("agent", OTHER));

        assertThat(NotesRules.check(COMPANY, "", List.of(SET, OTHER), changes))
                .containsExactly(new NotesWarning(
                        Severity.FAIL, "Change set 'Set c1' changes [workflow] and nothing of [agent, test]"));
    }

    @Test
    void a_set_that_changes_workflows_with_tests_is_fine_and_so_is_one_that_changes_agents_alone() {
        List<ChangeAttribution> changes = List.of(change("workflow", SET), change("test", SET), change("agent", OTHER));

        assertThat(NotesRules.check(COMPANY, "", List.of(SET, OTHER), changes)).isEmpty();
        assertThat(NotesRules.check(COMPANY, "", List.of(SET), List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Safe to rollback. No database schema changes.",
                "no schema change",
                "There are *no* schema\nchanges.",
                "without any schema migration",
                "**Migration:** the schema is unchanged"
            })
    void notes_that_claim_no_schema_change_while_a_migration_changes_name_it(String notes) {
        assertThat(NotesRules.check(
                        SCHEMA, notes, List.of(SET), List.of(change("workflow", SET), change("migration", SET))))
                .containsExactly(new NotesWarning(
                        Severity.FAIL,
                        "The notes claim that no schema changes, and migration:migrations/x does change"));
        assertThat(NotesRules.check(SCHEMA, notes, List.of(SET), List.of(change("workflow", SET))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The schema changes: run the migration first",
                "No action required",
                "no schemata change",
                "```\nno schema changes\n```"
            })
    void notes_that_claim_nothing_of_the_schema_are_fine(String notes) {
        assertThat(NotesRules.check(SCHEMA, notes, List.of(SET), List.of(change("migration", SET))))
                .isEmpty();
    }

    @Test
    void nothing_is_looked_at_that_is_switched_off() {
        List<ChangeAttribution> changes = List.of(change("workflow", SET), change("migration", SET));

        assertThat(NotesRules.check(NotesPolicy.none(), "no schema changes", List.of(SET), changes))
                .isEmpty();
    }

    @Test
    void long_and_hostile_notes_are_checked_in_no_time() {
        String hostile = "*_".repeat(50_000) + "\n" + "no schema ".repeat(20_000) + "\n" + " ".repeat(100_000) + "#\n"
                + "Impact".repeat(20_000) + "\n\u0000\u202e```";

        assertThat(NotesRules.check(SECTIONS.schema(Severity.WARN, "migration"), hostile, List.of(SET), List.of()))
                .hasSize(3);
    }

    private static List<NotesWarning> check(NotesPolicy policy, String notes) {
        return NotesRules.check(policy, notes, List.of(SET), List.of());
    }

    private static ChangeAttribution change(String kind, ChangeSet set) {
        Item item = new Item(new ItemId(kind, kind + "s/x"), Digest.of(kind));
        return new ChangeAttribution(
                ItemChange.created(item),
                set.pullRequests(),
                Optional.of(new ChangeSetId(set.id().value())),
                List.of(commit("x")));
    }
}
