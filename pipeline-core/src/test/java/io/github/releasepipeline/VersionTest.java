package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Bump;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void the_first_version_is_0_1_0_tagged_at_the_newest_merge_with_the_manifests_digest() {
        // given
        Pipeline pipeline = fixture.start();
        long first = fixture.merged(pipeline);
        long second = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Both", editor -> editor.pullRequests(second, first));
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.number().tag()).isEqualTo("v0.1.0");
        assertThat(version.commit()).isEqualTo(fixture.forge.resolve("main"));
        Tag tag = fixture.forge.tags().get(0);
        assertThat(tag.name()).isEqualTo("v0.1.0");
        assertThat(tag.message()).contains("Manifest: " + version.manifest());
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state())
                .isInstanceOfSatisfying(
                        ChangeSetState.Versioned.class,
                        versioned -> assertThat(versioned.tag()).isEqualTo("v0.1.0"));
    }

    @ParameterizedTest
    @CsvSource({"BREAKING,v1.0.0,MAJOR", "FEATURE,v0.2.0,MINOR", "HOTFIX,v0.1.1,PATCH", "OTHER,v0.2.0,MINOR"})
    void the_change_sets_type_suggests_the_increment(ChangeType type, String number, Bump bump) {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        long merged = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE)
                .changeSets()
                .create("Next", editor -> editor.type(type).pullRequests(merged));
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.number().tag()).isEqualTo(number);
        assertThat(version.bump()).isEqualTo(bump);
    }

    @Test
    void a_chosen_increment_goes_before_the_type_and_a_chosen_number_before_both() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        ChangeSet feature = fixture.changeSet(pipeline);
        // when
        Version patch = pipeline.as(ALICE).versions().publish(feature.id(), Bump.PATCH);
        Version custom = pipeline.as(ALICE)
                .versions()
                .publish(
                        List.of(fixture.changeSet(pipeline).id()),
                        version -> version.bump(Bump.PATCH).number("7.0.0"));
        // then
        assertThat(patch.number().tag()).isEqualTo("v0.1.1");
        assertThat(patch.bumpReason()).isEqualTo("chosen by alice");
        assertThat(custom.number().tag()).isEqualTo("v7.0.0");
        assertThat(custom.bump()).isEqualTo(Bump.CUSTOM);
    }

    @Test
    void a_rule_makes_a_patch_where_sets_and_labels_say_nothing() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        long merged = fixture.merged(pipeline);
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Next", editor -> editor.pullRequests(merged));
        // when
        Version version = pipeline.as(Actor.rule("nightly")).versions().publish(set.id());
        // then
        assertThat(version.number().tag()).isEqualTo("v0.1.1");
        assertThat(version.bumpReason()).isEqualTo("default for versions made by a rule");
    }

    @Test
    void the_first_version_may_be_given_another_number() {
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        assertThat(pipeline.as(ALICE)
                        .versions()
                        .publish(List.of(set.id()), version -> version.number("1.0.0"))
                        .number()
                        .tag())
                .isEqualTo("v1.0.0");
    }

    @Test
    void a_label_suggests_the_increment_where_the_type_says_nothing() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        fixture.forge.open(1);
        fixture.forge.put(Samples.labelled(fixture.forge.mergeThere(1), "Bug"));
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Next", editor -> editor.pullRequests(1));
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.number().tag()).isEqualTo("v0.1.1");
        assertThat(version.bumpReason()).contains("#1").contains("Bug");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1.0", "0.1.0+build.7", "0.0.9", "0.1.0-rc.1"})
    void a_number_that_is_not_greater_is_refused(String number) {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThatThrownBy(() ->
                        pipeline.as(ALICE).versions().publish(List.of(set.id()), version -> version.number(number)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("v0.1.0");
        assertThat(pipeline.as(ALICE).changeSets().get(set.id()).state().kind()).isEqualTo(ChangeSetState.Kind.READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2", "01.2.3", "1.2.3-", "1.2.3;rm", "v", "", "../1.2.3"})
    void what_is_no_semantic_version_is_an_error_that_says_what_is_allowed(String number) {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThatThrownBy(() ->
                        pipeline.as(ALICE).versions().publish(List.of(set.id()), version -> version.number(number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1.3.0");
    }

    @Test
    void stowaways_are_refused_and_named_with_their_authors() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        fixture.forge.commit("workflows/direct.json", "by hand");
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("#" + stowaway)
                .hasMessageContaining("author-" + stowaway)
                .hasMessageContaining("workflows/direct.json");
        assertThat(fixture.forge.tags()).hasSize(1);
        assertThat(pipeline.as(ALICE)
                        .versions()
                        .preview(List.of(set.id()), version -> {})
                        .stowaways())
                .containsExactly(stowaway);
    }

    @Test
    void stowaways_are_adopted_into_a_set_that_becomes_part_of_the_version() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.ADOPT));
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        ChangeSet set = fixture.changeSet(pipeline);
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.changeSets()).hasSize(2);
        ChangeSet adopted =
                pipeline.as(ALICE).changeSets().get(version.changeSets().get(1));
        assertThat(adopted.name()).isEqualTo("Uncategorised");
        assertThat(adopted.pullRequests()).containsExactly(stowaway);
        assertThat(adopted.state().kind()).isEqualTo(ChangeSetState.Kind.VERSIONED);
        assertThat(version.pullRequests()).contains(stowaway);
    }

    @Test
    void direct_commits_are_adopted_too_and_named_in_the_set_that_takes_them() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.ADOPT));
        fixture.version(pipeline);
        CommitId direct = fixture.forge.commit("workflows/direct.json", "by hand");
        ChangeSet set = fixture.changeSet(pipeline);
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        ChangeSet adopted =
                pipeline.as(ALICE).changeSets().get(version.changeSets().get(1));
        assertThat(adopted.pullRequests()).isEmpty();
        assertThat(adopted.description())
                .isEqualTo(
                        "Changes that rode along, and these:\nworkflow:workflows/direct.json changed outside of any pull"
                                + " request by commit " + direct.abbreviated());
        assertThat(pipeline.as(ALICE).versions().changes(version.id()))
                .filteredOn(change -> change.direct().contains(direct))
                .extracting(change -> change.changeSet().orElseThrow())
                .containsExactly(adopted.id());
    }

    @Test
    void a_stowaway_of_another_set_is_not_adopted_and_the_error_names_that_set() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.ADOPT));
        fixture.version(pipeline);
        ChangeSet other = fixture.changeSet(pipeline);
        ChangeSet set = fixture.changeSet(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "#" + other.pullRequests().get(0) + ", which is in change set '" + other.name() + "'")
                .hasMessageContaining(other.id().value());
        assertThat(pipeline.as(ALICE)
                        .changeSets()
                        .list(PipelineFilter.all(), PageRequest.first(10))
                        .rows())
                .hasSize(3);
        Version both = pipeline.as(ALICE).versions().publish(List.of(set.id(), other.id()), version -> {});
        assertThat(both.changeSets()).containsExactly(set.id(), other.id());
    }

    @Test
    void what_was_adopted_by_a_version_that_is_discarded_can_be_adopted_again() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.ADOPT));
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        ChangeSet set = fixture.changeSet(pipeline);
        fixture.forge.tag("v0.2.0", fixture.forge.resolve("main"), "foreign");
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class);
        // when
        Version version = pipeline.as(ALICE).versions().publish(List.of(set.id()), wish -> wish.number("0.3.0"));
        // then
        assertThat(version.pullRequests()).contains(stowaway);
        assertThat(pipeline.as(ALICE)
                        .changeSets()
                        .list(PipelineFilter.all().changeSets(ChangeSetState.Kind.ABANDONED), PageRequest.first(10))
                        .rows())
                .singleElement()
                .satisfies(
                        abandoned -> assertThat(abandoned.set().pullRequests()).containsExactly(stowaway));
    }

    @Test
    void stowaways_are_listed_where_a_warning_is_enough() {
        // given
        Pipeline pipeline = fixture.start(wiring -> wiring.stowaways(Stowaways.WARN));
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        ChangeSet set = fixture.changeSet(pipeline);
        // when
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        // then
        assertThat(version.changeSets()).containsExactly(set.id());
        assertThat(version.pullRequests()).contains(stowaway);
        assertThat(version.notes()).contains("Also Included").contains("#" + stowaway);
    }

    @Test
    void a_published_set_cannot_be_published_again_and_the_error_names_its_version() {
        // given
        Pipeline pipeline = fixture.start();
        ChangeSet set = fixture.changeSet(pipeline);
        pipeline.as(ALICE).versions().publish(set.id());
        fixture.version(pipeline);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("VERSIONED in v0.1.0");
        assertThat(fixture.forge.tags()).hasSize(2);
    }

    @Test
    void a_draft_set_cannot_be_published_and_the_error_says_so() {
        // given
        Pipeline pipeline = fixture.start();
        fixture.forge.open(1);
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Unmerged", editor -> editor.pullRequests(1));
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).versions().publish(set.id()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("DRAFT");
    }

    @Test
    void a_deprecated_version_is_not_deployed_and_a_published_one_never_vanishes() {
        // given
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);
        // when
        Version deprecated = pipeline.as(BOB).versions().deprecate(version.id(), "prompt leaks");
        // then
        assertThat(deprecated.state().kind()).isEqualTo(VersionState.Kind.DEPRECATED);
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().request(version.id(), "development"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("DEPRECATED");
        assertThatThrownBy(() -> pipeline.as(BOB).versions().deprecate(version.id(), "again"))
                .isInstanceOf(RefusedException.class);
        assertThat(pipeline.as(BOB)
                        .versions()
                        .block(version.id(), "really")
                        .state()
                        .kind())
                .isEqualTo(VersionState.Kind.BLOCKED);
        assertThatThrownBy(() -> pipeline.as(BOB).versions().deprecate(version.id(), "back"))
                .isInstanceOf(RefusedException.class);
        assertThat(pipeline.as(ALICE)
                        .versions()
                        .list(PipelineFilter.all(), PageRequest.first(10))
                        .rows())
                .hasSize(1);
    }
}
