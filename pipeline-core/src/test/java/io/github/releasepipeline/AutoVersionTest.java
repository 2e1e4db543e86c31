package io.github.releasepipeline;

import static io.github.releasepipeline.Merges.automation;
import static io.github.releasepipeline.Merges.following;
import static io.github.releasepipeline.Merges.merge;
import static io.github.releasepipeline.Merges.observe;
import static io.github.releasepipeline.Merges.onlySet;
import static io.github.releasepipeline.Merges.sets;
import static io.github.releasepipeline.Merges.stoppedBecause;
import static io.github.releasepipeline.Merges.versions;
import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.Tag;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules that version. */
class AutoVersionTest {
    private static final AutoChangeSetRule HOTFIX = AutoChangeSetRule.versioning("hotfix", "Hotfix");

    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void auto_version_publishes_a_version_with_a_tag_at_the_merge() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        // when
        observe(fixture, pipeline, 1, "hotfix");
        // then
        Version version = versions(pipeline).get(0);
        assertThat(version.state().kind()).isEqualTo(VersionState.Kind.PUBLISHED);
        assertThat(version.pullRequests()).containsExactly(1L);
        assertThat(version.createdBy()).isEqualTo(Actor.rule("label:hotfix"));
        assertThat(fixture.forge.tags())
                .extracting(Tag::name)
                .containsExactly(version.number().tag());
        assertThat(onlySet(pipeline).state().kind()).isEqualTo(ChangeSetState.Kind.VERSIONED);
        Automation automation = automation(pipeline, 1);
        assertThat(automation.state().kind()).isEqualTo(AutomationState.Kind.DONE);
        assertThat(automation.version()).contains(version.id());
        fixture.auditIsIntact();
    }

    @Test
    void each_merge_makes_a_set_and_a_patch_version_of_its_own_in_the_order_of_the_merges() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.version(pipeline);
        for (long number : List.of(9L, 5L, 7L)) {
            merge(fixture, number, "hotfix");
            fixture.clock.advance(Duration.ofSeconds(1));
        }
        // when
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(versions(pipeline))
                .extracting(version -> version.number().tag() + " " + version.pullRequests())
                .containsExactlyInAnyOrder("v0.1.0 [101]", "v0.1.1 [9]", "v0.1.2 [5]", "v0.1.3 [7]");
        assertThat(sets(pipeline)).hasSize(4);
    }

    @Test
    void whoever_merged_is_recorded_as_the_one_the_rule_acts_for() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.forge.put(Samples.labelled(fixture.forge.open(1), "hotfix"));
        fixture.forge.mergedBy(1, "dave");
        // when
        pipeline.as(ALICE).pullRequests().synchronize();
        // then
        assertThat(versions(pipeline).get(0).createdBy())
                .isEqualTo(Actor.rule("label:hotfix").onBehalfOf("dave"));
        assertThat(onlySet(pipeline).createdBy()).isEqualTo(Actor.rule("label:hotfix"));
    }

    @Test
    void a_stowaway_keeps_the_version_back_says_so_and_is_no_obstacle_once_it_is_released_itself() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        // when
        observe(fixture, pipeline, 1, "hotfix");
        // then
        Automation stands = automation(pipeline, 1);
        assertThat(stands.state().kind()).isEqualTo(AutomationState.Kind.VERSIONING);
        assertThat(stands.obstacle())
                .hasValueSatisfying(
                        why -> assertThat(why).contains("#" + stowaway).contains("author-" + stowaway));
        assertThat(pipeline.maintain()).singleElement().asString().contains("#" + stowaway);
        pipeline.maintain();
        assertThat(fixture.memory.audit().of(stands.id())).hasSize(2);
        assertThat(pipeline.as(ALICE).changeSets().automations()).containsExactly(stands);
        // when
        ChangeSet own = pipeline.as(ALICE).changeSets().create("Own", set -> set.pullRequests(stowaway));
        pipeline.as(ALICE).versions().publish(own.id());
        // then
        assertThat(pipeline.maintain()).isEmpty();
        assertThat(automation(pipeline, 1).state().kind()).isEqualTo(AutomationState.Kind.DONE);
        assertThat(pipeline.as(ALICE).changeSets().automations()).isEmpty();
    }

    @Test
    void a_version_that_a_person_makes_of_the_set_is_the_rules_version() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.version(pipeline);
        long stowaway = fixture.merged(pipeline);
        observe(fixture, pipeline, 1, "hotfix");
        ChangeSet own = pipeline.as(ALICE).changeSets().create("Own", set -> set.pullRequests(stowaway));
        // when
        Version both = pipeline.as(ALICE)
                .versions()
                .publish(List.of(own.id(), automation(pipeline, 1).changeSet()), version -> {});
        // then
        assertThat(automation(pipeline, 1).version()).contains(both.id());
        assertThat(automation(pipeline, 1).state().kind()).isEqualTo(AutomationState.Kind.DONE);
    }

    @Test
    void a_foreign_tag_stops_the_rule_and_leaves_the_set_to_people() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.forge.tag("v0.1.0", fixture.forge.resolve("main"), "somebody else's");
        // when
        observe(fixture, pipeline, 1, "hotfix");
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains("v0.1.0").contains("not this version's");
        assertThat(versions(pipeline)).isEmpty();
        assertThat(fixture.memory
                        .audit()
                        .newest(Optional.of("version.discarded"), PageRequest.first(9))
                        .rows())
                .hasSize(1);
        ChangeSet set = onlySet(pipeline);
        assertThat(set.state().kind()).isEqualTo(ChangeSetState.Kind.READY);
        pipeline.as(ALICE).versions().publish(List.of(set.id()), version -> version.number("0.1.1"));
        assertThat(onlySet(pipeline).state().kind()).isEqualTo(ChangeSetState.Kind.VERSIONED);
    }

    @Test
    void a_git_server_that_is_away_does_not_fail_the_synchronisation_and_is_tried_again() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.forge.beforeTag = () -> {
            throw AdapterException.passing("The Git server is away", null);
        };
        // when
        observe(fixture, pipeline, 1, "hotfix");
        // then
        assertThat(automation(pipeline, 1).obstacle()).contains("The Git server is away");
        fixture.forge.beforeTag = () -> {};
        assertThat(pipeline.maintain()).isEmpty();
        assertThat(automation(pipeline, 1).state().kind()).isEqualTo(AutomationState.Kind.DONE);
        assertThat(versions(pipeline)).hasSize(1);
    }

    @Test
    void where_sets_need_a_review_the_version_follows_the_approval() {
        // given
        Pipeline pipeline =
                fixture.start(wiring -> wiring.autoChangeSetRules(HOTFIX).changeSetReview(ChangeSetReview.NEEDED));
        pipeline.as(ALICE).pullRequests().synchronize();
        observe(fixture, pipeline, 1, "hotfix");
        assertThat(versions(pipeline)).isEmpty();
        assertThat(automation(pipeline, 1).obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("PENDING_REVIEW"));
        assertThat(pipeline.maintain()).isEmpty();
        // when
        pipeline.as(BOB).changeSets().approve(onlySet(pipeline).id());
        // then
        assertThat(versions(pipeline)).hasSize(1);
        assertThat(automation(pipeline, 1).state().kind()).isEqualTo(AutomationState.Kind.DONE);
    }

    @Test
    void abandoning_the_set_stops_the_rule() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.version(pipeline);
        fixture.merged(pipeline);
        observe(fixture, pipeline, 1, "hotfix");
        // when
        pipeline.as(BOB).changeSets().abandon(automation(pipeline, 1).changeSet(), "too hot");
        // then
        assertThat(stoppedBecause(automation(pipeline, 1)))
                .contains("abandoned")
                .contains("too hot");
    }

    @Test
    void taking_the_pull_request_out_of_the_set_stops_the_rule() {
        // given
        Pipeline pipeline = following(fixture, HOTFIX);
        fixture.version(pipeline);
        fixture.merged(pipeline);
        observe(fixture, pipeline, 1, "hotfix");
        // when
        pipeline.as(BOB).changeSets().edit(automation(pipeline, 1).changeSet(), set -> set.without(1));
        pipeline.maintain();
        // then
        assertThat(stoppedBecause(automation(pipeline, 1))).contains("#1 was taken out");
    }

    @Test
    void a_rule_that_deploys_where_only_versions_of_a_component_go_is_refused_at_once() {
        assertThatThrownBy(() -> fixture.start(wiring -> wiring.component("billing", "workflows/billing/**")
                        .environment("till", fixture.production, env -> env.component("billing"))
                        .autoChangeSetRules(AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging", "till"))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        error -> assertThat(error.problems())
                                .containsExactly("The automatic rule for label 'hotfix' deploys to 'till', which takes"
                                        + " versions of component 'billing' only: rules make versions of the whole"
                                        + " repository"));
    }

    @Test
    void rules_with_one_label_and_rules_for_unknown_environments_are_refused_at_once() {
        assertThatThrownBy(() -> fixture.start(wiring -> wiring.autoChangeSetRules(
                        HOTFIX, AutoChangeSetRule.versioning("hotfix", "Again", "stagng", "moon"))))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        error -> assertThat(error.problems())
                                .anySatisfy(line ->
                                        assertThat(line).contains("'hotfix'").contains("twice"))
                                .anySatisfy(line -> assertThat(line)
                                        .contains("'stagng'")
                                        .contains("[development, staging, production]"))
                                .anySatisfy(line -> assertThat(line).contains("'moon'")));
    }
}
