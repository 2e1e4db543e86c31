package io.github.releasepipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.memory.GroupAccess;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.source.TagRequest;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HistoryImportTest extends HistoryFacts {
    @Test
    void tags_become_published_versions_that_are_marked_as_imported() {
        tag("v1.0.0", "main", "First release");
        CommitId second = git.commitOn("main", Map.of("workflows/b.json", "1"));
        clock.advance(Duration.ofDays(20));
        tag("v1.1.0", "main", "");
        clock.advance(Duration.ofDays(100));

        HistoryReport report = start().versions().importHistory();

        assertThat(report.skipped()).isEmpty();
        assertThat(report.known()).isZero();
        assertThat(report.imported()).hasSize(2);
        Version first = report.imported().get(0);
        Version version = report.imported().get(1);
        assertThat(version.number().tag()).isEqualTo("v1.1.0");
        assertThat(version.isImported()).isTrue();
        assertThat(version.bump()).isEqualTo(Bump.IMPORTED);
        assertThat(version.bumpReason()).isEqualTo("found as tag v1.1.0");
        assertThat(version.commit()).isEqualTo(second);
        assertThat(version.previous()).contains(first.id());
        assertThat(version.changeSets()).isEmpty();
        assertThat(version.state()).isEqualTo(new VersionState.Published(MARCH.plus(Duration.ofDays(20))));
        assertThat(version.createdAt()).isEqualTo(MARCH.plus(Duration.ofDays(20)));
        assertThat(version.createdBy()).isEqualTo(Actor.user("tim"));
        assertThat(version.items().toString()).isEqualTo("2 workflows");
        assertThat(version.changedItems().toString()).isEqualTo("1 workflow");
        assertThat(first.previous()).isEmpty();
        assertThat(first.notes()).isEqualTo("First release\n");
        assertThat(start().versions().manifest(version.id()).byPath())
                .containsOnlyKeys("workflows/a.json", "workflows/b.json");
        assertThat(store.audit().of(version.id())).singleElement().satisfies(record -> {
            assertThat(record.event().name()).isEqualTo("version.imported");
            assertThat(record.stamp().actor()).isEqualTo(ALICE);
            assertThat(record.stamp().at()).isEqualTo(clock.instant());
        });
    }

    @Test
    void what_was_merged_between_two_tags_is_attributed_to_its_pull_requests() {
        tag("v1.0.0", "main", "");
        long merged = merged("workflows/b.json");
        git.commitOn("main", Map.of("workflows/c.json", "by hand"));
        tag("v1.1.0", "main", "Second\n\nSaid so");

        Version version = start().versions().importHistory().imported().get(1);

        assertThat(version.pullRequests()).containsExactly(merged);
        assertThat(version.notes()).isEqualTo("Second\n\nSaid so\n\n## Changes\n\n- Merged (#" + merged + ")\n");
        List<ChangeAttribution> changes = start().versions().changes(version.id());
        assertThat(changes)
                .extracting(change -> change.change().id().path())
                .containsExactly("workflows/b.json", "workflows/c.json");
        assertThat(changes.get(0).pullRequests()).containsExactly(merged);
        assertThat(changes.get(0).direct()).isEmpty();
        assertThat(changes.get(1).pullRequests()).isEmpty();
        assertThat(changes.get(1).direct()).hasSize(1);
    }

    @Test
    void the_version_before_is_the_greatest_smaller_number_that_is_contained() {
        CommitId base = git.resolve("main");
        tag("v1.0.0", "main", "");
        git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v2.0.0", "main", "");
        git.branch("maintenance", base);
        git.commitOn("maintenance", Map.of("workflows/a.json", "fixed"));
        tag("v1.0.1", "maintenance", "");
        git.commitOn("main", Map.of("workflows/c.json", "1"));
        tag("v10.0.0-rc.1", "main", "");
        tag("v10.0.0", "main", "");

        start().versions().importHistory();

        assertThat(previous("v1.0.0")).isEmpty();
        assertThat(previous("v1.0.1")).contains("v1.0.0");
        assertThat(previous("v2.0.0")).contains("v1.0.0");
        assertThat(previous("v10.0.0-rc.1")).contains("v2.0.0");
        assertThat(previous("v10.0.0")).contains("v10.0.0-rc.1");
    }

    @Test
    void importing_again_imports_only_what_is_new() {
        tag("v1.0.0", "main", "");
        start().versions().importHistory();
        git.commitOn("main", Map.of("workflows/b.json", "1"));
        tag("v1.1.0", "main", "");

        HistoryReport again = start().versions().importHistory();

        assertThat(again.known()).isEqualTo(1);
        assertThat(again.imported())
                .extracting(version -> version.number().tag())
                .containsExactly("v1.1.0");
        assertThat(previous("v1.1.0")).contains("v1.0.0");
        assertThat(start().versions().importHistory().imported()).isEmpty();
        assertThat(start().audit().verify().problems()).isEmpty();
    }

    @Test
    void tags_that_only_look_like_versions_are_left_out_with_a_reason() {
        tag("v1.0.0+a", "main", "");
        clock.advance(Duration.ofSeconds(1));
        tag("v1.0.0+b", "main", "");
        for (String name : List.of("1.2.3", "v1.2", "v01.2.3", "nightly", "release-7", "billing-v1.0.0", "v")) {
            tag(name, "main", "");
        }

        HistoryReport report = start().versions().importHistory();

        assertThat(report.imported())
                .extracting(version -> version.number().tag())
                .containsExactly("v1.0.0+a");
        assertThat(report.skipped())
                .containsExactlyInAnyOrder(
                        "Tag v1.0.0+b is the same version as tag v1.0.0+a",
                        "Tag 1.2.3 is not named as versions are here: v1.2.3",
                        "Tag v1.2 is not named as versions are here: v1.2.3",
                        "Tag v01.2.3 is not named as versions are here: v1.2.3");
    }

    @Test
    void tags_of_components_become_versions_of_their_lines() {
        // given
        tag("billing-v1.0.0", "main", "Before there were items");
        long billing = merged("workflows/billing/a.json");
        tag("v1.0.0", "main", "");
        long other = merged("workflows/b.json");
        tag("billing-v1.1.0", "main", "Billing");
        tag("v1.1.0", "main", "");
        tag("billing-v1", "main", "");
        tag("shipping-v1.0.0", "main", "");
        ActingPipeline alice = build(wiring(store, git)
                        .component("billing", "workflows/billing/**")
                        .environment("till", new ScriptedTarget(), env -> env.component("billing")))
                .as(ALICE);
        // when
        HistoryReport report = alice.versions().importHistory();
        // then
        assertThat(report.imported())
                .extracting(version -> version.number().tag())
                .containsExactly("v1.0.0", "v1.1.0", "billing-v1.0.0", "billing-v1.1.0");
        assertThat(report.skipped())
                .containsExactly("Tag billing-v1 is not named as versions are here: billing-v1.2.3");
        Version component = alice.versions().tagged("billing-v1.1.0").orElseThrow();
        assertThat(alice.versions().manifest(component.id()).byPath()).containsOnlyKeys("workflows/billing/a.json");
        assertThat(component.pullRequests()).containsExactly(billing);
        assertThat(component.notes()).isEqualTo("Billing\n\n## Changes\n\n- Merged (#" + billing + ")\n");
        assertThat(previous("billing-v1.1.0")).contains("billing-v1.0.0");
        assertThat(previous("billing-v1.0.0")).isEmpty();
        assertThat(alice.versions().tagged("v1.1.0").orElseThrow().pullRequests())
                .containsExactly(other);
        assertThat(previous("v1.1.0")).contains("v1.0.0");
        assertThat(alice.versions().verify(component.id())).isEmpty();
        assertThat(alice.releases()
                        .deploy(alice.releases().request(component.id(), "till").id())
                        .await(PipelineFixture.LONG)
                        .succeeded())
                .isTrue();
        assertThat(alice.versions().importHistory().known()).isEqualTo(4);
    }

    @Test
    void imported_versions_count_in_the_month_of_their_tag_and_no_deployment_is_invented() {
        tag("v1.0.0", "main", "");
        merged("workflows/b.json");
        tag("v1.1.0", "main", "");
        clock.advance(Duration.ofDays(40));
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long merged = merged("workflows/c.json");
        alice.pullRequests().synchronize();
        Version next = alice.versions()
                .publish(alice.changeSets()
                        .create("Next", set -> set.pullRequests(merged))
                        .id());

        assertThat(alice.metrics()
                        .of(window("2026-03-01", "2026-04-01"), Optional.empty())
                        .versionsPublished())
                .isEqualTo(2);
        assertThat(alice.metrics()
                        .of(window("2026-04-01", "2026-05-01"), Optional.empty())
                        .versionsPublished())
                .isEqualTo(1);
        Release release = alice.releases()
                .deploy(alice.releases().request(next.id(), "production").id())
                .await(PipelineFixture.LONG);
        assertThat(release.delivered()).extracting(Delivery::pullRequest).containsExactly(merged);
    }

    @Test
    void an_imported_version_can_be_verified_deployed_and_retired() {
        tag("v1.0.0", "main", "");
        ActingPipeline alice = start();
        Version version = alice.versions().importHistory().imported().get(0);

        assertThat(alice.versions().verify(version.id())).isEmpty();
        Release release = alice.releases()
                .deploy(alice.releases().request(version.id(), "production").id())
                .await(PipelineFixture.LONG);
        assertThat(release.succeeded()).isTrue();
        assertThat(release.delivered()).isEmpty();
        assertThat(alice.versions().get(version.id()).deliveredBy()).isEmpty();
        assertThat(alice.versions().deprecate(version.id(), "old").isImported()).isTrue();
    }

    @Test
    void history_ends_with_the_first_version_that_was_published_here() {
        // given
        tag("v1.0.0", "main", "");
        ActingPipeline alice = start();
        alice.versions().importHistory();
        long number = merged("workflows/b.json");
        alice.pullRequests().synchronize();
        alice.versions()
                .publish(alice.changeSets()
                        .create("New", set -> set.pullRequests(number))
                        .id());
        tag("v1.0.1", "main", "");
        git.commitOn("main", Map.of("workflows/c.json", "in no change set"));
        tag("v9.0.0", "main", "");
        // when
        HistoryReport report = alice.versions().importHistory();
        // then
        assertThat(report.imported())
                .extracting(version -> version.number().tag())
                .containsExactly("v1.0.1");
        assertThat(report.known()).isEqualTo(2);
        assertThat(report.skipped())
                .containsExactly("Tag v9.0.0 was left out: it is above v1.1.0, with which history ends");
        assertThat(alice.versions().tagged("v9.0.0")).isEmpty();
    }

    @Test
    void history_of_a_component_ends_with_its_own_first_version() {
        // given
        PipelineBuilder wiring = wiring(store, git).component("billing", "workflows/billing/**");
        ActingPipeline alice = build(wiring).as(ALICE);
        long number = merged("workflows/billing/a.json");
        alice.pullRequests().synchronize();
        alice.versions()
                .publish(alice.changeSets()
                        .create("New", set -> set.pullRequests(number))
                        .id());
        tag("billing-v9.0.0", "main", "");
        // when / then
        assertThat(alice.versions().importHistory().imported())
                .extracting(version -> version.number().tag())
                .containsExactly("billing-v9.0.0");
    }

    @Test
    void hostile_tags_are_stored_and_shown_safely() {
        String message = "Bell \u0007 nul \u0000 \u001b[31m\ttab\nline \ufffd\n" + "x".repeat(300_000);
        git.createTag(
                new TagRequest("v1.0.0", git.resolve("main"), message, Actor.user("t".repeat(200)), clock.instant()));

        Version version = start().versions().importHistory().imported().get(0);

        assertThat(version.notes())
                .startsWith("Bell \ufffd nul \ufffd \ufffd[31m\ttab\nline \ufffd\n")
                .hasSize(100_001);
        assertThat(version.createdBy().id()).hasSize(200);
        assertThat(start().versions().get(version.id())).isEqualTo(version);
    }

    @Test
    void a_tagger_may_be_called_anything() {
        Instant someday = Instant.parse("+292471-01-01T00:00:00Z");
        CommitId commit = git.resolve("main");

        List<Version> versions = start(
                        store,
                        tagged(
                                new Tag("v1.0.0", commit, "", Optional.of("\u0085\u009bTim\u0000\n\u0085B."), someday),
                                new Tag("v1.0.1", commit, "", Optional.of("\u0085\n"), someday),
                                new Tag("v1.0.2", commit, "", Optional.of(""), someday)))
                .versions()
                .importHistory()
                .imported();

        assertThat(versions)
                .extracting(version -> version.createdBy().id())
                .containsExactly("Tim B.", "ghost", "ghost");
        assertThat(versions).allMatch(version -> version.createdAt().equals(someday));
    }

    @Test
    void who_may_not_publish_may_not_import() {
        tag("v1.0.0", "main", "");
        ActingPipeline mallory = build(wiring(store, git)
                        .access(GroupAccess.builder()
                                .members("makers", ALICE)
                                .grant("makers", Permission.values())
                                .build()))
                .as(Actor.user("mallory"));

        assertThatThrownBy(() -> mallory.versions().importHistory()).isInstanceOf(RefusedException.class);
        assertThat(store.reader().versionTagged("v1.0.0")).isEmpty();
    }
}
