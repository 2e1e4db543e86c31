package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static io.github.releasepipeline.PipelineFixture.BOB;
import static io.github.releasepipeline.PipelineFixture.CAROL;
import static io.github.releasepipeline.PipelineFixture.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApprovalTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @AfterEach
    void close() {
        fixture.auditIsIntact();
        fixture.close();
    }

    @Test
    void a_release_to_production_waits_for_two_people_and_then_for_somebody_who_presses_deploy() {
        // given
        Pipeline pipeline = fixture.start();
        Release release = request(pipeline, "production");
        // when / then
        assertThat(release.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(release.id()))
                .isInstanceOf(RefusedException.class);
        Release once = pipeline.as(BOB).releases().approve(release.id(), "smoke tests green");
        assertThat(once.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(pipeline.as(ALICE).releases().lacking(release.id())).containsExactly(ApprovalRule.anyone(1));
        Release twice = pipeline.as(CAROL).releases().approve(release.id(), "error budget fine");
        assertThat(twice.state().kind()).isEqualTo(Kind.READY);
        assertThat(twice.approvals())
                .extracting(vote -> vote.by().id() + ": " + vote.comment())
                .containsExactly("bob: smoke tests green", "carol: error budget fine");
        assertThat(pipeline.as(ALICE).environments().get("production").running())
                .isEmpty();
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .deploy(release.id())
                        .await(LONG)
                        .succeeded())
                .isTrue();
    }

    @Test
    void an_approval_by_the_requester_is_refused_and_says_why() {
        // given
        Pipeline pipeline = fixture.start();
        Release release = request(pipeline, "staging");
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().approve(release.id(), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("alice requested");
        assertThatThrownBy(() -> pipeline.as(Actor.service("bot").onBehalfOf("bob"))
                        .releases()
                        .approve(release.id(), ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not a person");
        assertThat(pipeline.as(ALICE).releases().get(release.id()).approvals()).isEmpty();
    }

    @Test
    void a_person_for_whom_a_service_requested_is_the_requester() {
        // given
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);
        for (Actor requester : List.of(Actor.service("chat-bot").onBehalfOf("bob"), BOB.onBehalfOf("carol"))) {
            // when
            Release release = pipeline.as(requester).releases().request(version.id(), "staging");
            // then
            assertThatThrownBy(() -> pipeline.as(BOB).releases().approve(release.id(), "my own"))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("bob requested");
        }
    }

    @Test
    void a_person_has_one_vote_and_may_take_it_back_until_the_release_is_ready() {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId id = request(pipeline, "production").id();
        pipeline.as(BOB).releases().approve(id, "");
        // when / then
        assertThatThrownBy(() -> pipeline.as(BOB).releases().approve(id, "again"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("already approved");
        assertThat(pipeline.as(BOB).releases().withdraw(id).approvals()).isEmpty();
        assertThatThrownBy(() -> pipeline.as(BOB).releases().withdraw(id)).isInstanceOf(RefusedException.class);
        pipeline.as(BOB).releases().approve(id, "");
        pipeline.as(CAROL).releases().approve(id, "");
        assertThatThrownBy(() -> pipeline.as(BOB).releases().withdraw(id)).isInstanceOf(RefusedException.class);
    }

    @Test
    void the_versions_creator_and_the_changes_authors_are_refused_where_the_policy_says_so() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.approvals(1).refuseVotesOf(Involved.VERSION_CREATOR, Involved.PULL_REQUEST_AUTHOR)));
        Version version = fixture.version(pipeline);
        ReleaseId id =
                pipeline.as(BOB).releases().request(version.id(), "production").id();
        String author = "author-" + version.pullRequests().get(0);
        // when / then
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().approve(id, ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("alice created v0.1.0");
        assertThatThrownBy(() -> pipeline.as(Actor.user(author)).releases().approve(id, ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("wrote a change");
        assertThat(pipeline.as(BOB).releases().approve(id, "").state().kind()).isEqualTo(Kind.READY);
    }

    @Test
    void an_approver_in_two_groups_is_not_used_up_by_the_wrong_rule() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .access(groups(Map.of("bob", Set.of("ops", "security"), "carol", Set.of("ops"))))
                .environment(
                        "production",
                        fixture.production,
                        env -> env.approvalsOf("ops", 1).approvalsOf("security", 1)));
        ReleaseId id = request(pipeline, "production").id();
        // when
        pipeline.as(BOB).releases().approve(id, "");
        Release both = pipeline.as(CAROL).releases().approve(id, "");
        // then
        assertThat(both.state().kind()).isEqualTo(Kind.READY);
    }

    @Test
    void a_stranger_to_every_group_is_refused() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .access(groups(Map.of("bob", Set.of("ops"))))
                .environment("production", fixture.production, env -> env.approvalsOf("ops", 1)));
        ReleaseId id = request(pipeline, "production").id();
        // when / then
        assertThatThrownBy(() -> pipeline.as(CAROL).releases().approve(id, ""))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("ops");
        assertThatThrownBy(() -> pipeline.as(CAROL).releases().reject(id, "no")).isInstanceOf(RefusedException.class);
    }

    @Test
    void one_rejection_with_a_reason_ends_the_release() {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId id = request(pipeline, "production").id();
        pipeline.as(BOB).releases().approve(id, "");
        // when / then
        assertThatThrownBy(() -> pipeline.as(CAROL).releases().reject(id, " "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mandatory");
        assertThat(pipeline.as(CAROL).releases().reject(id, "untested").state().kind())
                .isEqualTo(Kind.REJECTED);
        assertThatThrownBy(() -> pipeline.as(BOB).releases().approve(id, "")).isInstanceOf(RefusedException.class);
    }

    @Test
    void approvals_lapse_when_the_environment_has_changed_since() {
        // given
        Pipeline pipeline = fixture.start();
        Version first = fixture.version(pipeline);
        Version second = fixture.version(pipeline);
        ReleaseId id = fixture.approved(pipeline, second, "staging");
        fixture.deployed(pipeline, first, "staging");
        // when
        Release lapsed = pipeline.as(ALICE).releases().deploy(id).await(LONG);
        // then
        assertThat(lapsed.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(lapsed.state().toString()).contains("the environment holds other items");
        assertThat(lapsed.approvals()).isEmpty();
        pipeline.as(BOB).releases().approve(id, "seen the new plan");
        assertThat(pipeline.as(ALICE).releases().deploy(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void what_was_approved_under_a_laxer_policy_waits_for_approvals_again_under_the_stricter_one() {
        // given
        Pipeline lax = fixture.build(
                fixture.bare(fixture.memory).environment("production", fixture.production, env -> env.approvals(1)));
        ReleaseId id = fixture.approved(lax, fixture.version(lax), "production");
        // when
        Pipeline strict = fixture.start();
        Release lapsed = strict.as(ALICE).releases().deploy(id).await(LONG);
        // then
        assertThat(fixture.production.effects()).isEmpty();
        assertThat(lapsed.state().kind()).isEqualTo(Kind.PENDING_APPROVAL);
        assertThat(lapsed.state().toString()).contains("it demands [2 approvals] instead of [1 approval]");
        assertThat(lapsed.policy()).isEqualTo(strict.as(ALICE).environments().policy("production"));
        strict.as(BOB).releases().approve(id, "still fine");
        strict.as(CAROL).releases().approve(id, "fine");
        assertThat(strict.as(ALICE).releases().deploy(id).await(LONG).succeeded())
                .isTrue();
    }

    @Test
    void what_was_approved_under_a_stricter_policy_goes_on_under_the_laxer_one() {
        // given
        Pipeline strict = fixture.start();
        ReleaseId id = fixture.approved(strict, fixture.version(strict), "production");
        // when
        Pipeline lax = fixture.build(
                fixture.bare(fixture.memory).environment("production", fixture.production, env -> env.approvals(1)));
        Release done = lax.as(ALICE).releases().deploy(id).await(LONG);
        // then
        assertThat(done.succeeded()).isTrue();
        assertThat(done.approvals()).hasSize(2);
    }

    @Test
    void approvals_never_transfer_to_another_version_or_environment() {
        // given
        Pipeline pipeline = fixture.start();
        Version version = fixture.version(pipeline);
        fixture.approved(pipeline, version, "staging");
        // when / then
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .request(version.id(), "production")
                        .approvals())
                .isEmpty();
        assertThat(pipeline.as(ALICE)
                        .releases()
                        .request(fixture.version(pipeline).id(), "staging")
                        .approvals())
                .isEmpty();
    }

    @Test
    void authors_of_everything_that_the_environment_would_newly_get_are_refused() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.approvals(1).refuseVotesOf(Involved.PULL_REQUEST_AUTHOR)));
        Version there = fixture.version(pipeline);
        fixture.deployed(pipeline, there, "production");
        Version between = fixture.version(pipeline);
        Version newest = fixture.version(pipeline);
        ReleaseId id =
                pipeline.as(ALICE).releases().request(newest.id(), "production").id();
        // when / then
        for (Version arriving : List.of(between, newest)) {
            assertThatThrownBy(() -> pipeline.as(author(arriving)).releases().approve(id, ""))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("wrote a change that comes with v0.3.0");
        }
        assertThat(pipeline.as(author(there))
                        .releases()
                        .approve(id, "mine is there already")
                        .state()
                        .kind())
                .isEqualTo(Kind.READY);
    }

    @Test
    void a_vote_looks_at_the_release_and_its_environment_in_its_transaction_however_much_arrives() {
        // given
        CountingStore store = new CountingStore(fixture.memory);
        Pipeline pipeline = fixture.build(fixture.bare(store)
                .environment(
                        "production",
                        fixture.production,
                        env -> env.approvals(2).refuseVotesOf(Involved.PULL_REQUEST_AUTHOR)));
        fixture.version(pipeline);
        fixture.version(pipeline);
        ReleaseId id = request(pipeline, "production").id();
        store.forget();
        // when
        pipeline.as(BOB).releases().approve(id, "");
        // then
        assertThat(store.calls("find")).isEqualTo(2);
        assertThat(store.calls("pullRequests")).isEqualTo(1);
    }

    @Test
    void each_response_is_in_the_audit_trail_with_the_plan_that_was_seen() {
        // given
        Pipeline pipeline = fixture.start();
        Release release = request(pipeline, "production");
        Digest seen = release.plan().digest();
        // when
        pipeline.as(BOB).releases().approve(release.id(), seen, "fine");
        pipeline.as(BOB).releases().withdraw(release.id());
        pipeline.as(CAROL).releases().reject(release.id(), seen, "untested");
        // then
        assertThat(pipeline.as(ALICE).audit().of(release.id()))
                .extracting(record -> record.stamp().actor().id() + ": " + record.event())
                .contains(
                        "bob: " + new ReleaseEvent.Approved(Set.of(), seen),
                        "bob: " + new ReleaseEvent.VoteWithdrawn(),
                        "carol: " + new ReleaseEvent.Rejected(Optional.of(seen)));
    }

    @Test
    void a_rejection_of_a_plan_that_was_replaced_is_refused() {
        Pipeline pipeline = fixture.start();
        ReleaseId id = request(pipeline, "production").id();
        assertThatThrownBy(() -> pipeline.as(BOB).releases().reject(id, Digest.of("older"), "untested"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("has changed since it was shown");
    }

    @Test
    void who_pressed_deploy_is_recorded_in_the_release() {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId id = fixture.approved(pipeline, fixture.version(pipeline), "staging");
        // when
        Release done = pipeline.as(CAROL).releases().deploy(id).await(LONG);
        // then
        assertThat(done.requestedBy()).isEqualTo(ALICE);
        assertThat(done.deployedBy()).contains(CAROL);
    }

    @Test
    void a_request_expires_when_its_time_is_over() {
        // given
        Pipeline pipeline = fixture.start();
        ReleaseId pending = request(pipeline, "staging").id();
        ReleaseId ready = fixture.approved(pipeline, fixture.version(pipeline), "development");
        // when
        fixture.clock.advance(Duration.ofDays(7).minusSeconds(1));
        pipeline.maintain();
        Kind before = pipeline.as(ALICE).releases().get(pending).state().kind();
        fixture.clock.advance(Duration.ofSeconds(1));
        // then
        assertThat(before).isEqualTo(Kind.PENDING_APPROVAL);
        assertThatThrownBy(() -> pipeline.as(BOB).releases().approve(pending, "late"))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> pipeline.as(ALICE).releases().deploy(ready)).isInstanceOf(RefusedException.class);
        assertThat(pipeline.maintain()).isEmpty();
        assertThat(pipeline.as(ALICE).releases().get(pending).state().kind()).isEqualTo(Kind.EXPIRED);
        assertThat(pipeline.as(ALICE).releases().get(ready).state().kind()).isEqualTo(Kind.EXPIRED);
    }

    @Test
    void an_environment_may_start_with_the_last_approval() {
        // given
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment(
                        "staging",
                        fixture.staging,
                        env -> env.tier(Tier.STAGING).approvals(1).startOnApproval()));
        ReleaseId id = request(pipeline, "staging").id();
        // when
        pipeline.as(BOB).releases().approve(id, "");
        // then
        assertThat(pipeline.as(ALICE).releases().follow(id).await(LONG).succeeded())
                .isTrue();
    }

    private static Actor author(Version version) {
        return Actor.user("author-" + version.pullRequests().get(0));
    }

    private Release request(Pipeline pipeline, String environment) {
        return pipeline.as(ALICE).releases().request(fixture.version(pipeline).id(), environment);
    }

    private static AccessPolicy groups(Map<String, Set<String>> groups) {
        return new AccessPolicy() {
            @Override
            public Optional<String> refusal(Actor actor, Permission permission, String scope) {
                return Optional.empty();
            }

            @Override
            public Set<String> groups(Actor actor) {
                return groups.getOrDefault(actor.id(), Set.of());
            }
        };
    }
}
