package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.source.Tag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is done to an export is found; with the last line made anew, whatever is done to what a tag has anchored. */
class AuditExportTest {
    private final PipelineFixture fixture = new PipelineFixture();
    private ActingPipeline alice;
    private byte[] export;
    private List<Tag> tags;

    @BeforeEach
    void publishTwoVersions() {
        Pipeline pipeline = fixture.start();
        alice = pipeline.as(ALICE);
        fixture.version(pipeline);
        ChangeSet set = alice.changeSets().create("Odd \"name\" \\ 😀", wish -> {});
        alice.changeSets().edit(set.id(), wish -> wish.description("one\ntwo \"three\""));
        fixture.version(pipeline);
        export = export();
        tags = fixture.forge.tags();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private byte[] export() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        alice.audit().export(out);
        return out.toByteArray();
    }

    private AuditReport verify(byte[] bytes) {
        return Audit.verify(new ByteArrayInputStream(bytes), tags);
    }

    @Test
    void an_export_is_intact_and_tells_the_same_as_the_store() {
        AuditReport report = verify(export);

        assertThat(report.problems()).isEmpty();
        assertThat(report).isEqualTo(alice.audit().verify());
        assertThat(report.checkpoints()).isEqualTo(2);
        assertThat(report.anchors()).isEqualTo(2);
    }

    @Test
    void a_published_version_anchors_a_checkpoint_in_its_tag() {
        Checkpoint newest = alice.audit().seal().orElseThrow();

        assertThat(tags).hasSize(2).allMatch(tag -> tag.message().contains("\nAudit-Checkpoint: "));
        assertThat(newest.number()).isEqualTo(3);
        assertThat(tags.get(1).message() + tags.get(0).message())
                .contains(newest.previous().hex());
    }

    @Test
    void every_change_of_a_single_byte_is_found() {
        for (int at = 0; at < export.length; at++) {
            byte[] changed = export.clone();
            changed[at] ^= 1;
            assertThat(verify(changed).intact()).as("byte %d", at).isFalse();
        }
    }

    @Test
    void every_place_at_which_it_can_be_cut_off_is_found() {
        for (int length = 0; length < export.length; length++) {
            assertThat(verify(Arrays.copyOf(export, length)).intact())
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @Test
    void every_line_that_is_taken_away_put_in_again_or_moved_is_found() {
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            List<String> removed = new ArrayList<>(lines);
            removed.remove(i);
            List<String> repeated = new ArrayList<>(lines);
            repeated.add(i, lines.get(i));
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, i, (i + 1) % lines.size());
            for (List<String> changed : List.of(removed, repeated, swapped)) {
                assertThat(verify(bytes(changed)).intact()).as("line %d", i).isFalse();
            }
        }
    }

    @Test
    void with_the_last_line_made_anew_every_change_of_what_is_sealed_is_found() {
        List<String> lines = lines();
        for (int i = 0; i < lines.size() - 1; i++) {
            String line = lines.get(i);
            if (line.startsWith("{\"end\"") && line.contains("\"length\":0,")) {
                continue; // nothing was ever recorded of it
            }
            for (int at = 0; at < line.length(); at += 3) {
                List<String> changed = new ArrayList<>(lines);
                changed.set(i, line.substring(0, at) + (char) (line.charAt(at) ^ 1) + line.substring(at + 1));
                assertThat(verify(ended(changed)).intact())
                        .as("line %d, character %d", i, at)
                        .isFalse();
            }
        }
    }

    @Test
    void with_the_last_line_made_anew_a_subject_that_is_gone_with_its_seals_is_found() {
        List<String> lines = lines();
        List<String> subjects = lines.stream()
                .filter(line -> line.startsWith("{\"seal\":"))
                .map(line -> line.substring(8, line.indexOf(",\"length\"")))
                .distinct()
                .toList();
        assertThat(subjects).hasSize(5);
        for (String subject : subjects) {
            List<String> rest = new ArrayList<>(lines);
            rest.removeIf(line -> Stream.of("seal", "record", "end")
                    .anyMatch(sort -> line.startsWith("{\"" + sort + "\":" + subject + ",")));
            assertThat(verify(ended(rest)).problems())
                    .as(subject)
                    .isNotEmpty()
                    .allMatch(text -> text.contains("Checkpoint"));
        }
    }

    @Test
    void with_the_last_line_made_anew_checkpoints_that_are_cut_off_are_missed_by_the_tags() {
        List<String> lines = lines();
        List<String> rest = new ArrayList<>(lines);
        rest.removeIf(line -> line.startsWith("{\"checkpoint\":2,") || line.endsWith(",\"checkpoint\":2}"));

        assertThat(verify(ended(rest)).problems())
                .singleElement()
                .asString()
                .startsWith("Tag v0.2.0 anchors a checkpoint 2 that is not the one here");
    }

    @Test
    void whoever_makes_everything_anew_is_betrayed_by_the_tags() {
        PipelineFixture forged = new PipelineFixture();
        try (Pipeline pipeline = forged.start()) {
            ActingPipeline mallory = pipeline.as(ALICE);
            mallory.changeSets().create("Never happened", wish -> {});
            forged.version(pipeline);
            forged.version(pipeline);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            mallory.audit().export(out);

            assertThat(Audit.verify(new ByteArrayInputStream(out.toByteArray()), forged.forge.tags())
                            .intact())
                    .isTrue();
            assertThat(verify(out.toByteArray()).problems())
                    .hasSize(2)
                    .allMatch(problem -> problem.startsWith("Tag v0."));
        } finally {
            forged.close();
        }
    }

    @Test
    void what_is_no_export_at_all_is_said_in_words() {
        for (String text : List.of("", "\n", "hello\n", "{\"record\":\"a\n", "\u0000\uffff", "{\"end\":\"a\\")) {
            assertThat(verify(text.getBytes(StandardCharsets.UTF_8)).problems())
                    .as(text)
                    .isNotEmpty();
        }
    }

    private List<String> lines() {
        return new String(export, StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The same with the last line that belongs to it. */
    private static byte[] ended(List<String> lines) {
        List<String> rest = lines.subList(0, lines.size() - 1);
        String digest = HexFormat.of().formatHex(Digest.sha256().digest(bytes(rest)));
        List<String> ended = new ArrayList<>(rest);
        ended.add("{\"lines\":" + rest.size() + ",\"sha256\":\"" + digest + "\"}");
        return bytes(ended);
    }
}
