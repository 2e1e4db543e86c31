package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.ROBOT;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.drafted;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.ApprovalRules.Involvement;
import io.github.releasepipeline.core.release.ApprovalRules.Voter;
import io.github.releasepipeline.core.version.Numbers;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalRulesTest {
    private static final Digest PLAN = Digest.of("plan");
    private static final Involvement NOBODY = new Involvement(Actor.user("carol"), Set.of("dave"));
    private static final Optional<Digest> NOT_SEEN = Optional.empty();
    private static final Release WAITING = release(requested(policy(ApprovalRule.anyone(2))));

    private static Voter voter(Actor actor, String... groups) {
        return new Voter(actor, Set.of(groups));
    }

    private static Release refusing(Involved... involved) {
        EnvironmentPolicy plain = policy(ApprovalRule.anyone(1));
        return release(requested(new EnvironmentPolicy(
                plain.tier(),
                plain.approvals(),
                Set.of(involved),
                plain.upstream(),
                plain.bypass(),
                plain.line(),
                plain.gates(),
                plain.queueOrder(),
                plain.start(),
                plain.preReleases(),
                plain.approvalExpiry(),
                plain.windows(),
                plain.steps())));
    }

    @Test
    void the_last_vote_that_is_needed_makes_the_release_ready() {
        assertThat(accepted(ApprovalRules.approve(WAITING, voter(BOB, "sre"), NOBODY, NOON)))
                .containsExactly(new ReleaseEvent.Approved(Set.of("sre"), PLAN));
        Release once = after(WAITING, BOB, new ReleaseEvent.Approved(Set.of(), PLAN));
        assertThat(accepted(ApprovalRules.approve(once, voter(Actor.user("erin")), NOBODY, NOON)))
                .containsExactly(new ReleaseEvent.Approved(Set.of(), PLAN), new ReleaseEvent.Readied());
    }

    @Test
    void a_vote_counts_once_for_each_identity() {
        Release once = after(WAITING, BOB, new ReleaseEvent.Approved(Set.of(), PLAN));
        assertThat(refused(ApprovalRules.approve(once, voter(BOB), NOBODY, NOON), "release.vote.repeated")
                        .message())
                .isEqualTo("bob has already approved release r1");
    }

    @Test
    void only_people_vote() {
        for (Actor actor : List.of(ROBOT, ROBOT.onBehalfOf("bob"), Actor.rule("auto"), Actor.system())) {
            refused(ApprovalRules.approve(WAITING, voter(actor), NOBODY, NOON), "release.vote.human");
            refused(ApprovalRules.reject(WAITING, voter(actor), NOBODY, NOT_SEEN), "release.vote.human");
        }
    }

    @Test
    void approval_by_the_requester_is_refused_unless_the_policy_says_otherwise() {
        assertThat(refused(ApprovalRules.approve(WAITING, voter(ALICE), NOBODY, NOON), "release.vote.requester")
                        .message())
                .isEqualTo("alice requested release r1 and cannot vote on it");
        refused(ApprovalRules.reject(WAITING, voter(ALICE), NOBODY, NOT_SEEN), "release.vote.requester");
        assertThat(accepted(ApprovalRules.approve(refusing(), voter(ALICE), NOBODY, NOON)))
                .hasSize(2);
    }

    @Test
    void a_service_that_acts_for_somebody_does_not_give_them_a_vote() {
        Release forBob = ReleaseMachine.MACHINE.fold(
                RELEASE, Optional.empty(), requested(policy(ApprovalRule.anyone(1))), by(ROBOT.onBehalfOf("bob"), ""));
        refused(ApprovalRules.approve(forBob, voter(BOB), NOBODY, NOON), "release.vote.requester");
        Release strict = refusing(Involved.VERSION_CREATOR);
        Involvement madeForBob = new Involvement(ROBOT.onBehalfOf("bob"), Set.of());
        refused(ApprovalRules.approve(strict, voter(BOB), madeForBob, NOON), "release.vote.version-creator");
    }

    @Test
    void creator_and_authors_are_refused_where_the_policy_says_so() {
        Actor carol = Actor.user("carol");
        Actor dave = Actor.user("dave");
        assertThat(accepted(ApprovalRules.approve(WAITING, voter(carol), NOBODY, NOON)))
                .hasSize(1);
        assertThat(accepted(ApprovalRules.approve(WAITING, voter(dave), NOBODY, NOON)))
                .hasSize(1);
        Release strict = refusing(Involved.VERSION_CREATOR, Involved.PULL_REQUEST_AUTHOR);
        assertThat(refused(ApprovalRules.approve(strict, voter(carol), NOBODY, NOON), "release.vote.version-creator")
                        .message())
                .isEqualTo("carol created v1.3.0 and cannot vote on it");
        assertThat(refused(ApprovalRules.approve(strict, voter(dave), NOBODY, NOON), "release.vote.author")
                        .message())
                .isEqualTo("dave wrote a change that comes with v1.3.0 and cannot vote on it");
        assertThat(accepted(ApprovalRules.approve(strict, voter(BOB), NOBODY, NOON)))
                .hasSize(2);
        assertThat(accepted(ApprovalRules.approve(strict, voter(ALICE), NOBODY, NOON)))
                .hasSize(2);
    }

    @Test
    void who_is_in_no_group_that_counts_cannot_vote() {
        Release ofGroup = release(requested(policy(ApprovalRule.group("sre", 1))));
        assertThat(refused(ApprovalRules.approve(ofGroup, voter(BOB, "sales"), NOBODY, NOON), "release.vote.group")
                        .message())
                .isEqualTo("bob is in none of the groups that can vote: [1 approval of sre]");
        refused(ApprovalRules.reject(ofGroup, voter(BOB), NOBODY, NOT_SEEN), "release.vote.group");
        assertThat(accepted(ApprovalRules.approve(ofGroup, voter(BOB, "sre"), NOBODY, NOON)))
                .hasSize(2);
    }

    @Test
    void one_eligible_rejection_ends_it() {
        assertThat(accepted(ApprovalRules.reject(WAITING, voter(BOB), NOBODY, NOT_SEEN)))
                .containsExactly(new ReleaseEvent.Rejected());
    }

    @Test
    void a_vote_can_be_taken_back_by_who_gave_it() {
        Release once = after(WAITING, BOB, new ReleaseEvent.Approved(Set.of(), PLAN));
        assertThat(accepted(ApprovalRules.withdraw(once, BOB))).containsExactly(new ReleaseEvent.VoteWithdrawn());
        refused(ApprovalRules.withdraw(once, Actor.service(BOB.id())), "release.vote.none");
        assertThat(refused(ApprovalRules.withdraw(once, ALICE), "release.vote.none")
                        .message())
                .isEqualTo("alice has not voted for release r1");
    }

    @Test
    void nobody_votes_on_what_is_decided() {
        Release ready = after(WAITING, BOB, new ReleaseEvent.Readied());
        assertThat(refused(ApprovalRules.approve(ready, voter(BOB), NOBODY, NOON), "release.state")
                        .message())
                .isEqualTo("Release r1 of v1.3.0 to staging is READY: Approve is not possible");
        assertThat(refused(ApprovalRules.reject(ready, voter(BOB), NOBODY, NOT_SEEN), "release.state")
                        .allowed())
                .containsExactly("Deploy", "Cancel");
        refused(ApprovalRules.withdraw(ready, BOB), "release.state");
    }

    @Test
    void a_rejection_can_name_the_plan_that_was_seen_and_is_refused_if_that_was_replaced() {
        assertThat(accepted(ApprovalRules.reject(WAITING, voter(BOB), NOBODY, Optional.of(PLAN))))
                .containsExactly(new ReleaseEvent.Rejected(Optional.of(PLAN)));
        refused(
                ApprovalRules.reject(WAITING, voter(BOB), NOBODY, Optional.of(Digest.of("older"))),
                "release.vote.outdated");
    }

    @Test
    void who_acts_for_somebody_who_is_refused_is_refused_too() {
        refused(ApprovalRules.approve(WAITING, voter(BOB.onBehalfOf("alice")), NOBODY, NOON), "release.vote.requester");
        Release strict = refusing(Involved.VERSION_CREATOR, Involved.PULL_REQUEST_AUTHOR);
        refused(
                ApprovalRules.approve(strict, voter(BOB.onBehalfOf("carol")), NOBODY, NOON),
                "release.vote.version-creator");
        refused(ApprovalRules.approve(strict, voter(BOB.onBehalfOf("dave")), NOBODY, NOON), "release.vote.author");
        assertThat(accepted(ApprovalRules.approve(WAITING, voter(BOB.onBehalfOf("erin")), NOBODY, NOON)))
                .hasSize(1);
    }

    @Test
    void a_request_expires_seven_days_after_it_was_made() {
        Instant end = NOON.plus(Duration.ofDays(7));
        assertThat(accepted(ApprovalRules.expire(WAITING, end.minusNanos(1)))).isEmpty();
        assertThat(accepted(ApprovalRules.expire(WAITING, end))).containsExactly(new ReleaseEvent.Expired());
        assertThat(accepted(ApprovalRules.approve(WAITING, voter(BOB), NOBODY, end.minusNanos(1))))
                .hasSize(1);
        assertThat(refused(ApprovalRules.approve(WAITING, voter(BOB), NOBODY, end), "release.expired")
                        .message())
                .isEqualTo("Release r1 had to be approved before " + end);
    }

    @Test
    void the_time_to_expire_counts_anew_when_approvals_are_complete_and_when_they_lapse() {
        Duration days = Duration.ofDays(7);
        Instant later = NOON.plus(Duration.ofDays(6));
        Release ready = at(WAITING, later, new ReleaseEvent.Readied());
        assertThat(accepted(ApprovalRules.expire(ready, later.plus(days).minusNanos(1))))
                .isEmpty();
        assertThat(accepted(ApprovalRules.expire(ready, later.plus(days)))).containsExactly(new ReleaseEvent.Expired());
        assertThat(ApprovalRules.expired(ready, later.plus(days)))
                .contains(Decision.refuse(
                        "release.expired",
                        "Release r1 had to be started before " + later.plus(days),
                        "request it again"));
        Instant lapse = later.plus(Duration.ofDays(5));
        Release lapsed = at(ready, lapse, new ReleaseEvent.ApprovalsLapsed(ready.plan(), "drift"));
        assertThat(ApprovalRules.expiry(lapsed)).contains(lapse.plus(days));
        Release queued = after(ready, BOB, new ReleaseEvent.Queued());
        assertThat(accepted(ApprovalRules.expire(queued, later.plus(days)))).isEmpty();
    }

    private static Release at(Release release, Instant instant, ReleaseEvent event) {
        return ReleaseMachine.MACHINE.fold(
                release.id(), Optional.of(release), event, new Stamp(BOB, instant, Optional.empty()));
    }

    @Test
    void what_arrives_in_an_environment_is_what_lies_between_the_active_version_and_this_one() {
        Map<VersionId, Version> line = new LinkedHashMap<>();
        Version before = line(line, "a", number(1, 1, 0), Optional.empty());
        for (int minor = 2; minor <= 4; minor++) {
            before = line(line, "v" + minor, number(1, minor, 0), Optional.of(before.id()));
        }
        Version newest = before;
        Version older = line.get(new VersionId("v2"));
        assertThat(arriving(line, newest, Optional.of(older))).containsExactly("v1.4.0", "v1.3.0");
        assertThat(arriving(line, newest, Optional.empty())).containsExactly("v1.4.0", "v1.3.0", "v1.2.0", "v1.1.0");
        assertThat(arriving(line, newest, Optional.of(newest))).containsExactly("v1.4.0");
        assertThat(arriving(line, older, Optional.of(newest))).containsExactly("v1.2.0");
    }

    @Test
    void what_a_hotfix_with_a_higher_number_left_out_arrives_with_the_version_after_it() {
        Map<VersionId, Version> line = new LinkedHashMap<>();
        Version base = line(line, "base", number(1, 2, 5), Optional.empty());
        Version passedOver = line(line, "passed", number(1, 2, 6), Optional.of(base.id()));
        Version hotfix = line(line, "hotfix", number(1, 2, 7), Optional.of(base.id()));
        Version next = line(line, "next", number(1, 3, 0), Optional.of(passedOver.id()));
        assertThat(arriving(line, next, Optional.of(hotfix))).containsExactly("v1.3.0", "v1.2.6");
    }

    private static List<String> arriving(Map<VersionId, Version> line, Version version, Optional<Version> active) {
        return ApprovalRules.arriving(version, active.map(ApprovalRulesTest::active), line::get, Numbers.ORDER).stream()
                .map(arriving -> arriving.number().toString())
                .toList();
    }

    private static ActiveVersion active(Version version) {
        return new ActiveVersion(
                version.id(), version.number(), version.manifest(), new ReleaseId("r0"), NOON, Optional.of(NOON));
    }

    private static Version line(
            Map<VersionId, Version> line, String id, VersionNumber number, Optional<VersionId> previous) {
        VersionEvent.Drafted plain = drafted(number);
        Version version = VersionMachine.MACHINE.fold(
                new VersionId(id),
                Optional.empty(),
                new VersionEvent.Drafted(
                        plain.number(),
                        plain.bump(),
                        plain.bumpReason(),
                        plain.commit(),
                        previous,
                        plain.changeSets(),
                        plain.pullRequests(),
                        plain.manifest(),
                        plain.items(),
                        plain.changedItems(),
                        plain.notes(),
                        plain.hotfix(),
                        plain.missingHotfixes()),
                by(ALICE, ""));
        line.put(version.id(), version);
        return version;
    }
}
