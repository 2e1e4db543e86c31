package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Facts about what is found by other things than an id, and what is unique. */
abstract class LookUpFacts extends TransactionFacts {
    // membership

    @Test
    void a_pull_request_belongs_to_the_change_set_that_lists_it() {
        save(Sample.changeSet("cs-1", 1L, 2L).build());
        save(Sample.changeSet("cs-2", 3L).build());

        assertThat(setOf(1)).contains(new ChangeSetId("cs-1"));
        assertThat(setOf(2)).contains(new ChangeSetId("cs-1"));
        assertThat(setOf(3)).contains(new ChangeSetId("cs-2"));
        assertThat(setOf(4)).isEmpty();
    }

    @Test
    void a_pull_request_of_another_set_is_a_concurrent_update_and_changes_nothing() {
        save(Sample.changeSet("cs-1", 1L).build());
        ChangeSet greedy = Sample.changeSet("cs-2", 2L, 1L).build();

        assertThatExceptionOfType(ConcurrentUpdateException.class).isThrownBy(() -> save(greedy));

        assertThat(store.reader().find(greedy.id())).isEmpty();
        assertThat(setOf(1)).contains(new ChangeSetId("cs-1"));
        assertThat(setOf(2)).isEmpty();
    }

    @Test
    void the_pull_requests_of_an_abandoned_set_are_free() {
        save(Sample.changeSet("cs-1", 1L).build());
        save(Sample.changeSet("cs-1", 1L).abandoned().build());
        assertThat(setOf(1)).isEmpty();

        save(Sample.changeSet("cs-2", 1L).build());
        assertThat(setOf(1)).contains(new ChangeSetId("cs-2"));
    }

    @Test
    void the_pull_requests_of_a_versioned_set_are_not_free() {
        save(Sample.changeSet("cs-1", 1L).build());
        save(Sample.changeSet("cs-1", 1L)
                .state(new ChangeSetState.Versioned("v1.0.0", Sample.NOW))
                .build());

        assertThat(setOf(1)).contains(new ChangeSetId("cs-1"));
        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> save(Sample.changeSet("cs-2", 1L).build()));
    }

    @Test
    void a_pull_request_that_leaves_a_set_is_free() {
        save(Sample.changeSet("cs-1", 1L, 2L).build());
        save(Sample.changeSet("cs-1", 2L).build());

        assertThat(setOf(1)).isEmpty();
        assertThat(setOf(2)).contains(new ChangeSetId("cs-1"));
    }

    @Test
    void a_pull_request_moves_from_set_to_set_in_one_transaction() {
        ChangeSet from = Sample.changeSet("cs-1", 1L).build();
        ChangeSet to = Sample.changeSet("cs-2").build();
        save(from);
        save(to);

        inTransaction(session -> {
            save(session, from.id(), Sample.changeSet("cs-1").build());
            save(session, to.id(), Sample.changeSet("cs-2", 1L).build());
        });

        assertThat(setOf(1)).contains(to.id());
    }

    private Optional<ChangeSetId> setOf(long number) {
        return store.reader().changeSetOf(new PullRequestId(Sample.REPOSITORY, number));
    }

    // tags

    @Test
    void a_version_is_found_by_its_tag_without_build_metadata() {
        save(version("v-1", new VersionNumber("", 1, 2, 3, "rc.1", "build.7")));
        save(version("v-2", new VersionNumber("billing", 1, 2, 3, "", "")));

        assertThat(store.reader().versionTagged("v1.2.3-rc.1")).contains(new VersionId("v-1"));
        assertThat(store.reader().versionTagged("billing-v1.2.3")).contains(new VersionId("v-2"));
        assertThat(store.reader().versionTagged("v1.2.3-rc.1+build.7")).isEmpty();
        assertThat(store.reader().versionTagged("v1.2.3")).isEmpty();
    }

    @Test
    void a_tag_that_is_taken_is_a_concurrent_update_and_changes_nothing() {
        save(version("v-1", Sample.number(1, 2, 3)));
        Version other = version("v-2", new VersionNumber("", 1, 2, 3, "", "other"));

        assertThatExceptionOfType(ConcurrentUpdateException.class).isThrownBy(() -> save(other));

        assertThat(store.reader().find(other.id())).isEmpty();
        assertThat(store.reader().versionTagged("v1.2.3")).contains(new VersionId("v-1"));
    }

    @Test
    void the_tag_of_a_discarded_version_is_free() {
        save(Sample.version("v-1", Sample.number(1, 2, 3)).draft().build());
        save(Sample.version("v-1", Sample.number(1, 2, 3)).discarded().build());
        assertThat(store.reader().versionTagged("v1.2.3")).isEmpty();

        save(version("v-2", Sample.number(1, 2, 3)));
        assertThat(store.reader().versionTagged("v1.2.3")).contains(new VersionId("v-2"));
    }

    @Test
    void a_version_keeps_its_tag_from_state_to_state() {
        for (VersionState state : RichSamples.versionStates().subList(0, 4)) {
            save(Sample.version("v-1", Sample.number(1, 2, 3)).state(state).build());
            assertThat(store.reader().versionTagged("v1.2.3")).contains(new VersionId("v-1"));
            assertThat(store.reader().newestVersion("")).contains(new VersionId("v-1"));
        }
    }

    // newest version

    @Test
    void the_newest_version_has_the_greatest_number_as_numbers_count() {
        assertThat(store.reader().newestVersion("")).isEmpty();
        save(version("v-2", Sample.number(1, 9, 0)));
        save(version("v-1", Sample.number(1, 10, 0)));
        save(version("v-3", Sample.number(1, 9, 99)));
        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-1"));

        save(version("v-4", Sample.number(1, 10, 2_000_000_000_000L)));
        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-4"));
        save(version("v-5", Sample.number(2, 0, 0, "alpha")));
        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-5"));
    }

    @Test
    void a_release_proper_is_newer_than_its_pre_releases() {
        save(version("v-1", Sample.number(1, 0, 0)));
        save(Sample.version("v-2", Sample.number(1, 0, 0, "rc.9"))
                .createdAt(Sample.NOW.plusSeconds(60))
                .build());

        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-1"));
    }

    @Test
    void of_pre_releases_the_one_with_the_greatest_number_is_the_newest_whenever_it_was_created() {
        save(version("v-1", Sample.number(1, 0, 0, "rc.2")));
        save(version("v-2", Sample.number(1, 0, 0, "rc.11")));
        save(Sample.version("v-3", Sample.number(1, 0, 0, "alpha"))
                .createdAt(Sample.NOW.plusSeconds(3))
                .build());

        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-2"));
    }

    @Test
    void the_versions_next_to_a_number_are_found_as_numbers_count() {
        save(version("v-1", Sample.number(1, 9, 0)));
        save(version("v-2", Sample.number(1, 10, 0, "rc.1")));
        save(version("v-3", Sample.number(1, 10, 0)));
        save(version("v-4", Sample.number(10, 0, 0)));
        save(version("v-5", new VersionNumber("billing", 1, 9, 5, "", "")));

        assertNeighbours(Sample.number(1, 9, 5), Optional.of("v-1"), Optional.of("v-2"));
        assertNeighbours(Sample.number(1, 10, 0), Optional.of("v-2"), Optional.of("v-4"));
        assertNeighbours(Sample.number(1, 10, 0, "beta"), Optional.of("v-1"), Optional.of("v-2"));
        assertNeighbours(Sample.number(1, 8, 99), Optional.empty(), Optional.of("v-1"));
        assertNeighbours(Sample.number(11, 0, 0), Optional.of("v-4"), Optional.empty());
        assertNeighbours(new VersionNumber("billing", 1, 9, 4, "", ""), Optional.empty(), Optional.of("v-5"));
        assertNeighbours(new VersionNumber("billing", 2, 0, 0, "", ""), Optional.of("v-5"), Optional.empty());
        assertNeighbours(new VersionNumber("bill", 1, 9, 4, "", ""), Optional.empty(), Optional.empty());
    }

    @Test
    void build_metadata_does_not_move_a_number() {
        save(version("v-1", new VersionNumber("", 1, 0, 0, "", "b7")));

        assertNeighbours(Sample.number(1, 0, 0), Optional.empty(), Optional.empty());
        assertNeighbours(new VersionNumber("", 1, 0, 0, "", "b8"), Optional.empty(), Optional.empty());
    }

    @Test
    void a_discarded_version_is_next_to_no_number() {
        save(Sample.version("v-1", Sample.number(2, 0, 0)).draft().build());
        assertNeighbours(Sample.number(3, 0, 0), Optional.of("v-1"), Optional.empty());

        save(Sample.version("v-1", Sample.number(2, 0, 0)).discarded().build());
        assertNeighbours(Sample.number(3, 0, 0), Optional.empty(), Optional.empty());
        assertNeighbours(Sample.number(1, 0, 0), Optional.empty(), Optional.empty());
    }

    private void assertNeighbours(VersionNumber number, Optional<String> below, Optional<String> above) {
        assertThat(store.reader().versionBelow(number)).as("below %s", number).isEqualTo(below.map(VersionId::new));
        assertThat(store.reader().versionAbove(number)).as("above %s", number).isEqualTo(above.map(VersionId::new));
    }

    @Test
    void the_hotfixes_of_a_line_are_listed_newest_first() {
        save(version("v-1", Sample.number(1, 0, 0)));
        for (int i = 1; i <= 3; i++) {
            save(Sample.version("h-" + i, Sample.number(1, 0, i))
                    .hotfix(Sample.number(1, 0, 0))
                    .createdAt(Sample.NOW.plusSeconds(i % 3))
                    .build());
        }
        save(Sample.version("h-4", new VersionNumber("billing", 1, 0, 1, "", ""))
                .hotfix(Sample.number(1, 0, 0))
                .draft()
                .build());

        assertThat(store.reader().hotfixes("", 10)).extracting(VersionId::value).containsExactly("h-2", "h-1", "h-3");
        assertThat(store.reader().hotfixes("", 2)).extracting(VersionId::value).containsExactly("h-2", "h-1");
        assertThat(store.reader().hotfixes("billing", 10))
                .extracting(VersionId::value)
                .containsExactly("h-4");
        save(Sample.version("h-4", new VersionNumber("billing", 1, 0, 1, "", ""))
                .hotfix(Sample.number(1, 0, 0))
                .discarded()
                .build());
        assertThat(store.reader().hotfixes("billing", 10)).isEmpty();
    }

    @Test
    void a_discarded_version_is_not_the_newest() {
        save(version("v-1", Sample.number(1, 0, 0)));
        save(Sample.version("v-2", Sample.number(2, 0, 0)).draft().build());
        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-2"));

        save(Sample.version("v-2", Sample.number(2, 0, 0)).discarded().build());
        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-1"));
    }

    @Test
    void every_line_has_its_own_newest_version() {
        save(version("v-1", Sample.number(1, 0, 0)));
        save(version("v-2", new VersionNumber("billing", 9, 0, 0, "", "")));
        save(version("v-3", new VersionNumber("billing-2", 5, 0, 0, "", "")));

        assertThat(store.reader().newestVersion("")).contains(new VersionId("v-1"));
        assertThat(store.reader().newestVersion("billing")).contains(new VersionId("v-2"));
        assertThat(store.reader().newestVersion("billing-2")).contains(new VersionId("v-3"));
        assertThat(store.reader().newestVersion("bill")).isEmpty();
    }

    private static Version version(String id, VersionNumber number) {
        return Sample.version(id, number).build();
    }

    // manifests and changes

    @Test
    void a_manifest_is_found_by_its_digest() {
        Manifest manifest = new Manifest(List.of(
                Sample.item("workflows/Ü 发票 🚀.json", "1"),
                Sample.item("workflows/it's \"quoted\" \\ .json", "2"),
                Sample.item("workflows/tab\tand\nline.json", "3")));
        inTransaction(session -> {
            session.keep(manifest);
            session.keep(Manifest.empty());
        });

        assertThat(store.reader().manifest(manifest.digest())).contains(manifest);
        assertThat(store.reader().manifest(Manifest.empty().digest())).contains(Manifest.empty());
        assertThat(store.reader()
                        .manifest(Sample.manifest("workflows/other.json").digest()))
                .isEmpty();
    }

    @Test
    void keeping_a_manifest_again_changes_nothing() {
        Manifest manifest = Sample.manifest("workflows/a.json", "workflows/b.json");
        inTransaction(session -> {
            session.keep(manifest);
            session.keep(manifest);
        });
        inTransaction(session -> session.keep(manifest));

        assertThat(store.reader().manifest(manifest.digest())).contains(manifest);
    }

    @Test
    void a_manifest_of_5000_items_is_kept() {
        Manifest manifest = Sample.manifest(IntStream.range(0, 5_000)
                .mapToObj(i -> "workflows/" + i + ".json")
                .toArray(String[]::new));
        inTransaction(session -> session.keep(manifest));

        assertThat(store.reader().manifest(manifest.digest())).contains(manifest);
    }

    @Test
    void the_changes_of_a_version_are_kept_in_order() {
        Version version = version("v-1", Sample.number(1, 0, 0));
        Item a = Sample.item("workflows/a.json", "a");
        Item b = Sample.item("workflows/b.json", "b");
        List<ChangeAttribution> changes = List.of(
                new ChangeAttribution(
                        ItemChange.changed(b, a),
                        List.of(342L, 341L),
                        Optional.of(new ChangeSetId("cs-1")),
                        List.of(Sample.commit(2), Sample.commit(1))),
                new ChangeAttribution(ItemChange.created(a), List.of(), Optional.empty(), List.of()),
                new ChangeAttribution(ItemChange.deleted(b), List.of(1L), Optional.empty(), List.of()));
        inTransaction(session -> {
            session.keep(version.id(), changes);
            save(session, version.id(), version);
        });

        assertThat(store.reader().changes(version.id())).isEqualTo(changes);
        assertThat(store.reader().changes(new VersionId("v-2"))).isEmpty();
    }

    @Test
    void the_attestation_of_a_version_is_found_as_it_was_kept() {
        Envelope attestation = new Envelope(
                Envelope.IN_TOTO,
                "{\"text\":\"" + "Ü 发票 🚀 '; -- \\u0000 ".repeat(50_000) + "\"}",
                List.of(
                        new Envelope.Signature(Optional.of("key \"1\""), "c2ln"),
                        new Envelope.Signature(Optional.empty(), "")));
        Version version = version("v-1", Sample.number(1, 0, 0));
        inTransaction(session -> {
            session.keep(version.id(), attestation);
            save(session, version.id(), version);
            assertThat(session.attestation(version.id())).contains(attestation);
        });

        assertThat(store.reader().attestation(version.id())).contains(attestation);
        assertThat(store.reader().attestation(new VersionId("v-2"))).isEmpty();
    }
}
