package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.policy.NotesPolicy.Severity;
import io.github.releasepipeline.version.NotesWarning;
import io.github.releasepipeline.version.Version;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotesTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void generated_notes_group_pull_requests_by_the_types_of_their_sets() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet feature = set(pipeline, "Invoice Processing v2", ChangeType.FEATURE, "Add invoice classification");
        ChangeSet fix = set(pipeline, "Fixes", ChangeType.FIX, "Fix race condition");
        ChangeSet faster = set(pipeline, "Speed", ChangeType.PERFORMANCE, "Optimize LLM prompt");
        // when
        Version version = pipeline.as(ALICE)
                .versions()
                .publish(List.of(feature.id(), fix.id(), faster.id()), wishes -> wishes.number("1.3.0"));
        // then
        assertThat(version.notes()).isEqualTo("""
                # Version 1.3.0 - Invoice Processing v2, Fixes, Speed

                ## Features

                - Add invoice classification (#101)

                ## Bug Fixes

                - Fix race condition (#102)

                ## Performance

                - Optimize LLM prompt (#103)
                """);
    }

    @Test
    void titles_cannot_smuggle_markdown_or_html_into_generated_notes() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = set(
                pipeline,
                "<script>alert(1)</script> [x](javascript:y)",
                ChangeType.FEATURE,
                "# Heading\n\n## Rollback\n- item ![img](http://evil) <b>`code`</b> \u0000\u001b[31m\u202e @all");
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.notes().lines())
                .containsExactly(
                        "# Version 0.1.0 - \\<script\\>alert(1)\\</script\\> \\[x\\](javascript:y)",
                        "",
                        "## Features",
                        "",
                        "- \\# Heading \\#\\# Rollback - item \\!\\[img\\](http://evil) \\<b\\>\\`code\\`\\</b\\>"
                                + " \ufffd\ufffd\\[31m\ufffd \\@all (#101)");
        assertThat(fixture.forge.tags().get(0).message()).contains("\n\nManifest: " + version.manifest() + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- nested|\\- nested",
                "+ nested|\\+ nested",
                "1. nested|1\\. nested",
                "12) nested|12\\) nested",
                "&lt;b>|\\&lt;b\\>"
            })
    void titles_that_begin_like_a_list_do_not_make_one(String title, String shown) {
        Pipeline pipeline = fixture.start();
        ChangeSet set = set(pipeline, "Set", ChangeType.FEATURE, title);

        assertThat(pipeline.as(ALICE).versions().publish(set.id()).notes()).endsWith("\n- " + shown + " (#101)\n");
    }

    @Test
    void own_notes_are_kept_as_they_are_up_to_their_limit() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        String notes = "# Mine 发票 🚀\n" + "x".repeat(150_000);
        // when
        Version version = pipeline.as(ALICE).versions().publish(List.of(set.id()), wishes -> wishes.notes(notes));
        // then
        assertThat(version.notes()).isEqualTo(notes);
    }

    @Test
    void own_notes_that_are_too_long_or_hold_control_characters_are_refused_before_anything_is_taken() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        for (String notes : List.of("x".repeat(200_001), "bell \u0007", "nul \u0000", "escape \u001b[31m")) {
            assertThatThrownBy(() ->
                            pipeline.as(ALICE).versions().publish(List.of(set.id()), wishes -> wishes.notes(notes)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Release notes must");
        }
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        assertThat(fixture.forge.tags()).isEmpty();
    }

    @Test
    void a_warning_is_shown_in_the_preview_and_recorded_with_the_version() {
        // given
        Pipeline pipeline =
                fixture.start(wiring -> wiring.notes(NotesPolicy.none().sections(Severity.WARN)));
        ChangeSet set = fixture.changeSet(pipeline);
        NotesWarning warning = new NotesWarning(Severity.WARN, "The notes have no section 'Rollback'");
        String notes = "# Mine\n\nImpact: none\n\nMigration: none";
        // when
        VersionPreview preview =
                pipeline.as(ALICE).versions().preview(List.of(set.id()), wishes -> wishes.notes(notes));
        Version version = pipeline.as(ALICE).versions().publish(List.of(set.id()), wishes -> wishes.notes(notes));
        // then
        assertThat(preview.warnings()).containsExactly(warning);
        assertThat(pipeline.as(ALICE).versions().warnings(version.id())).containsExactly(warning);
    }

    @Test
    void without_a_policy_nothing_is_warned_of() {
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);

        assertThat(pipeline.as(ALICE)
                        .versions()
                        .preview(List.of(set.id()), wishes -> {})
                        .warnings())
                .isEmpty();
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        assertThat(pipeline.as(ALICE).versions().warnings(version.id())).isEmpty();
    }

    @Test
    void notes_that_fail_refuse_the_version_before_anything_is_taken() {
        // given
        Pipeline pipeline =
                fixture.start(wiring -> wiring.notes(NotesPolicy.none().sections(Severity.FAIL)));
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.rule()).isEqualTo("version.notes"))
                .hasMessageContaining("no section 'Impact'; The notes have no section 'Migration'");
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        assertThat(fixture.forge.tags()).isEmpty();
        assertThat(pipeline.as(ALICE).versions().tagged("v0.1.0")).isEmpty();
    }

    @Test
    void a_policy_that_speaks_of_unknown_kinds_is_a_mistake() {
        assertThatThrownBy(() -> fixture.start(wiring -> wiring.notes(NotesPolicy.none()
                        .company(Severity.WARN, "workflow", "agent")
                        .schema(Severity.WARN, "migration"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("kinds that are not managed: [agent, migration]");
    }

    private ChangeSet set(Pipeline pipeline, String name, ChangeType type, String title) {
        long number = fixture.merged(pipeline);
        fixture.forge.put(Samples.titled(
                pipeline.as(ALICE).pullRequests().get(number),
                title,
                fixture.clock.instant().plusSeconds(1)));
        pipeline.as(ALICE).pullRequests().synchronize();
        return pipeline.as(ALICE)
                .changeSets()
                .create(name, editor -> editor.type(type).pullRequests(number));
    }
}
