package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.subject.DomainEvent;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelJsonTest {
    private static final ChangeSet SET = new ChangeSet(
            new ChangeSetId("cs-1"),
            "Invoices",
            "",
            ChangeType.FEATURE,
            List.of(342L),
            Actor.user("alice"),
            Instant.parse("2026-03-01T10:00:00Z"),
            new ChangeSetState.Draft());
    private static final String TEXT = ModelJson.write(SET);

    @Test
    void unknown_fields_are_left_out() {
        String newer = TEXT.replaceFirst("\\{", "{\"fromTheFuture\":{\"deep\":[1,2,{\"x\":null}]},");

        assertThat(ModelJson.read(ChangeSet.class, newer)).isEqualTo(SET);
    }

    @Test
    void an_absent_collection_is_empty() {
        String without = TEXT.replace("\"pullRequests\":[342],", "");

        assertThat(ModelJson.read(ChangeSet.class, without).pullRequests()).isEmpty();
    }

    @Test
    void an_error_names_the_place() {
        assertRefused(TEXT.replace("\"kind\":\"draft\"", "\"kind\":\"dreft\""), "ChangeSet.state.kind", "draft");
        assertRefused(TEXT.replace("[342]", "[342,\"x\"]"), "ChangeSet.pullRequests[1]", "whole number");
        assertRefused(TEXT.replace("[342]", "[1.5]"), "ChangeSet.pullRequests[0]", "whole number");
        assertRefused(TEXT.replace("[342]", "[92233720368547758080]"), "ChangeSet.pullRequests[0]", "whole number");
        assertRefused(TEXT.replace("FEATURE", "FUTURE"), "ChangeSet.type", "FEATURE");
        assertRefused(TEXT.replace("\"name\":\"Invoices\",", ""), "ChangeSet.name", "nothing");
        assertRefused(TEXT.replace("\"name\":\"Invoices\"", "\"name\":null"), "ChangeSet.name", "null");
        assertRefused(TEXT.replace("2026-03-01T10", "yesterday"), "ChangeSet.createdAt", "parse");
        assertRefused(TEXT.replace("cs-1", " "), "ChangeSet.id", "blank");
        assertRefused("[]", "ChangeSet", "object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"a\":1,\"a\":2}", "nul", "{} {}", "{}x", "{\"a\":NaN}", "{'a':1}", "{\"a\":01}"
            })
    void what_is_no_json_is_refused(String text) {
        assertThatThrownBy(() -> ModelJson.read(ChangeSet.class, text)).isInstanceOf(AdapterException.class);
    }

    @Test
    void a_field_that_stands_twice_is_refused() {
        assertRefused(TEXT.replace("\"name\":", "\"name\":\"Other\",\"name\":"), "ChangeSet", "Duplicate");
    }

    @Test
    void deep_nesting_is_refused() {
        assertRefused("{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}", "ChangeSet", "depth");
    }

    @Test
    void an_error_does_not_repeat_the_document() {
        String secret = "hunter2";
        List<String> broken = List.of(
                "{\"name\":\"" + secret + "\"} x",
                "{\"name\":\"" + secret + "\",",
                TEXT.replace("FEATURE", secret),
                TEXT.replace("\"draft\"", "\"" + secret + "\""),
                "\"" + secret + "\"");

        for (String text : broken) {
            assertThatThrownBy(() -> ModelJson.read(ChangeSet.class, text))
                    .isInstanceOf(AdapterException.class)
                    .hasMessageNotContaining(secret);
        }
    }

    @Test
    void a_long_refusal_of_a_constructor_is_cut() {
        assertThatThrownBy(() -> ModelJson.read(Digest.class, "\"" + "z".repeat(100_000) + "\""))
                .isInstanceOf(AdapterException.class)
                .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(400));
    }

    @Test
    void an_event_of_a_newer_version_is_named_as_such() {
        String record = "{\"id\":\"1\",\"subject\":\"release:r\",\"sequence\":1,\"stamp\":"
                + ModelJson.write(new Stamp(Actor.user("a"), Instant.EPOCH, Optional.empty()))
                + ",\"event\":\"release.teleported\",\"data\":{},\"previous\":\"" + "0".repeat(64) + "\"}";

        assertThatThrownBy(() -> AuditJson.read(record, Digest.of(record)))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("AuditRecord.event")
                .hasMessageContaining("newer");
    }

    @Test
    void every_family_of_events_in_the_language_is_known() throws URISyntaxException, IOException {
        Path classes = Path.of(DomainEvent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        TreeSet<String> families = new TreeSet<>();
        if (Files.isDirectory(classes)) {
            try (Stream<Path> files = Files.walk(classes)) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.matches("[A-Za-z]+Event\\.class") && !name.equals("DomainEvent.class"))
                        .forEach(name -> families.add(name.replace(".class", "")));
            }
        } else {
            try (var jar = new java.util.zip.ZipFile(classes.toFile())) {
                jar.stream()
                        .map(entry -> entry.getName().replaceFirst(".*/", ""))
                        .filter(name -> name.matches("[A-Za-z]+Event\\.class") && !name.equals("DomainEvent.class"))
                        .forEach(name -> families.add(name.replace(".class", "")));
            }
        }

        assertThat(EventNames.FAMILIES.stream().map(Class::getSimpleName))
                .containsExactlyInAnyOrderElementsOf(families)
                .isNotEmpty();
    }

    @Test
    void a_rollback_is_told_in_the_form_of_the_specification() {
        RollbackRecord rollback = new RollbackRecord(
                "release.rollback",
                "v1.3.0",
                "v1.2.1",
                "production",
                "alice",
                "High error rate in invoice-classification workflow",
                Instant.parse("2024-03-19T14:45:00Z"));

        assertThat(AuditJson.write(rollback))
                .isEqualTo("{\"event\":\"release.rollback\",\"version_from\":\"v1.3.0\",\"version_to\":\"v1.2.1\","
                        + "\"environment\":\"production\",\"initiated_by\":\"alice\","
                        + "\"reason\":\"High error rate in invoice-classification workflow\","
                        + "\"timestamp\":\"2024-03-19T14:45:00Z\"}");
    }

    private static void assertRefused(String text, String place, String word) {
        assertThatThrownBy(() -> ModelJson.read(ChangeSet.class, text))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        error -> assertThat(error.retryable()).isFalse())
                .hasMessageStartingWith("Cannot read " + place + ":")
                .hasMessageContaining(word);
    }
}
