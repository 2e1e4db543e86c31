package io.github.releasepipeline.core.automation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.automation.AutomationEvent;
import io.github.releasepipeline.automation.AutomationId;
import io.github.releasepipeline.automation.AutomationState;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AutomationRulesTest {
    private static final ReleaseId RELEASE = new ReleaseId("r-1");
    private static final VersionId VERSION = new VersionId("v-1");
    private static final Automation VERSIONING = in(new AutomationState.Versioning(Optional.empty()));
    private static final Automation ASKING = deploying(Optional.empty());
    private static final Automation WAITING = deploying(Optional.of(RELEASE));
    private static final Automation DONE = in(new AutomationState.Done(Sample.NOW));

    @Test
    void an_abandoned_set_stops_it_with_the_reason() {
        assertThat(AutomationRules.set(
                        VERSIONING, Sample.changeSet("cs-1", 1L).abandoned().build()))
                .contains(stopped("change set 'Set cs-1' was abandoned: not needed"));
    }

    @Test
    void a_set_without_the_pull_request_stops_it() {
        for (ChangeSetState state : List.of(
                new ChangeSetState.Draft(),
                new ChangeSetState.Ready(Sample.ALICE, Sample.NOW),
                new ChangeSetState.Versioned("v1.0.0", Sample.NOW))) {
            ChangeSet set = Sample.changeSet("cs-1", 2L).state(state).build();
            assertThat(AutomationRules.set(VERSIONING, set))
                    .contains(stopped("#1 was taken out of change set 'Set cs-1'"));
        }
    }

    @Test
    void a_set_that_is_not_ready_is_in_the_way() {
        assertThat(AutomationRules.set(VERSIONING, Sample.changeSet("cs-1", 1L).build()))
                .contains(obstructed("change set 'Set cs-1' is DRAFT"));
        ChangeSet proposed = Sample.changeSet("cs-1", 1L)
                .state(new ChangeSetState.PendingReview(Sample.ALICE, Sample.NOW))
                .build();
        assertThat(AutomationRules.set(VERSIONING, proposed))
                .contains(obstructed("change set 'Set cs-1' is PENDING_REVIEW"));
    }

    @Test
    void a_ready_or_versioned_set_leads_to_the_version() {
        for (ChangeSetState state : List.of(
                new ChangeSetState.Ready(Sample.ALICE, Sample.NOW),
                new ChangeSetState.Versioned("v1.0.0", Sample.NOW))) {
            assertThat(AutomationRules.set(
                            VERSIONING,
                            Sample.changeSet("cs-1", 1L).state(state).build()))
                    .isEmpty();
        }
    }

    @Test
    void a_refusal_that_lasts_stops_it_and_any_other_is_in_the_way() {
        for (String lasting : List.of("version.tag", "version.ancestry", "version.member-missing", "version.state")) {
            assertThat(AutomationRules.refused(VERSIONING, lasting, "why")).isEqualTo(stopped("why"));
        }
        assertThat(AutomationRules.refused(VERSIONING, "version.stowaways", "why"))
                .isEqualTo(obstructed("why"));
    }

    @Test
    void a_version_is_recorded_once() {
        assertThat(AutomationRules.versioned(VERSIONING, VERSION))
                .isEqualTo(Decision.accept(new AutomationEvent.Versioned(VERSION)));
        assertThat(AutomationRules.versioned(ASKING, VERSION)).isEqualTo(Decision.accept());
        assertThat(AutomationRules.versioned(DONE, VERSION)).isEqualTo(Decision.accept());
    }

    @Test
    void a_version_that_is_not_published_goes_no_further() {
        Version discarded =
                Sample.version("v-1", Sample.number(1, 0, 0)).discarded().build();
        assertThat(AutomationRules.overtaken(ASKING, discarded, Environment.fresh(Sample.STAGING)))
                .contains(stopped("v1.0.0 is DISCARDED"));
    }

    @Test
    void a_version_goes_where_nothing_or_an_older_one_or_itself_is_active() {
        Version version = Sample.version("v-1", Sample.number(1, 1, 0)).build();
        assertThat(AutomationRules.overtaken(ASKING, version, Environment.fresh(Sample.STAGING)))
                .isEmpty();
        assertThat(AutomationRules.overtaken(ASKING, version, active(Sample.number(1, 0, 9))))
                .isEmpty();
        assertThat(AutomationRules.overtaken(ASKING, version, active(Sample.number(1, 1, 0))))
                .isEmpty();
        assertThat(AutomationRules.overtaken(ASKING, version, active(Sample.number(1, 1, 1))))
                .contains(stopped("v1.1.1, which is newer than v1.1.0, is active in staging"));
    }

    @Test
    void a_release_is_asked_for_once_for_each_environment() {
        assertThat(AutomationRules.request(ASKING, Sample.STAGING, RELEASE))
                .isEqualTo(Decision.accept(new AutomationEvent.ReleaseRequested(Sample.STAGING, RELEASE)));
        for (Decision late : List.of(
                AutomationRules.request(WAITING, Sample.STAGING, RELEASE),
                AutomationRules.request(ASKING, Sample.PRODUCTION, RELEASE),
                AutomationRules.request(VERSIONING, Sample.STAGING, RELEASE),
                AutomationRules.request(DONE, Sample.STAGING, RELEASE))) {
            assertThat(late)
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.rule()).isEqualTo(AutomationRules.MOVED));
        }
    }

    @Test
    void a_release_that_succeeded_is_recorded_and_one_that_is_under_way_is_waited_for() {
        Release succeeded = release(new ReleaseState.Succeeded(Sample.NOW));
        assertThat(AutomationRules.released(WAITING, succeeded))
                .isEqualTo(Decision.accept(new AutomationEvent.Delivered(succeeded.environment(), RELEASE)));
        assertThat(AutomationRules.released(
                        WAITING,
                        release(new ReleaseState.Queued(Sample.NOW, Sample.ALICE, new ReleaseState.Ready(Sample.NOW)))))
                .isEqualTo(Decision.accept());
    }

    @Test
    void a_release_that_is_not_the_one_it_waits_for_changes_nothing() {
        Release succeeded = release(new ReleaseState.Succeeded(Sample.NOW));
        assertThat(AutomationRules.released(ASKING, succeeded)).isEqualTo(Decision.accept());
        assertThat(AutomationRules.released(deploying(Optional.of(new ReleaseId("r-2"))), succeeded))
                .isEqualTo(Decision.accept());
        assertThat(AutomationRules.released(DONE, succeeded)).isEqualTo(Decision.accept());
    }

    @Test
    void a_release_that_came_to_nothing_stops_it_and_says_how() {
        assertEnds(
                new ReleaseState.Failed(Step.ACTIVATE, FailureKind.ERRORED, "disk full", Sample.NOW),
                "FAILED: disk full");
        assertEnds(new ReleaseState.Rejected(Sample.BOB, "too late", Sample.NOW), "REJECTED: too late");
        assertEnds(new ReleaseState.Cancelled(Sample.BOB, "other plans", Sample.NOW), "CANCELLED: other plans");
        assertEnds(new ReleaseState.Expired(Sample.NOW), "EXPIRED");
        assertEnds(new ReleaseState.Superseded(new ReleaseId("r-2"), Sample.NOW), "SUPERSEDED");
        assertEnds(new ReleaseState.RolledBack(new ReleaseId("r-2"), Sample.NOW, true, Sample.NOW), "ROLLED_BACK");
    }

    private static void assertEnds(ReleaseState state, String how) {
        Release release = release(state);
        assertThat(AutomationRules.released(WAITING, release))
                .isEqualTo(stopped(
                        "the release of " + release.number() + " into " + release.environment() + " is " + how));
    }

    @Test
    void an_obstacle_is_recorded_once_for_each_reason_and_never_after_the_end() {
        Automation told = in(new AutomationState.Versioning(Optional.of("rain")));
        assertThat(AutomationRules.obstruct(told, "rain")).isEqualTo(Decision.accept());
        assertThat(AutomationRules.obstruct(told, "snow")).isEqualTo(obstructed("snow"));
        assertThat(AutomationRules.obstruct(DONE, "snow")).isEqualTo(Decision.accept());
        assertThat(AutomationRules.stop(DONE, "snow")).isEqualTo(Decision.accept());
        assertThat(AutomationRules.stop(told, "snow")).isEqualTo(stopped("snow"));
    }

    private static Decision stopped(String why) {
        return Decision.accept(new AutomationEvent.Stopped(why));
    }

    private static Decision obstructed(String why) {
        return Decision.accept(new AutomationEvent.Obstructed(why));
    }

    private static Release release(ReleaseState state) {
        return Sample.release(RELEASE.value()).state(state).build();
    }

    private static Environment active(VersionNumber number) {
        Environment fresh = Environment.fresh(Sample.STAGING);
        ActiveVersion active = new ActiveVersion(
                new VersionId("v-0"),
                number,
                Sample.manifest("a").digest(),
                new ReleaseId("r-0"),
                Sample.NOW,
                Optional.of(Sample.NOW));
        return new Environment(
                fresh.name(),
                Optional.of(active),
                fresh.former(),
                fresh.running(),
                fresh.queue(),
                fresh.fencingToken(),
                fresh.hold(),
                fresh.degradation(),
                fresh.watch());
    }

    private static Automation deploying(Optional<ReleaseId> release) {
        return in(new AutomationState.Deploying(Sample.STAGING, release, Optional.empty()));
    }

    private static Automation in(AutomationState state) {
        return new Automation(
                new AutomationId(new PullRequestId(Sample.REPOSITORY, 1), Sample.commit(1)),
                AutoChangeSetRule.versioning("hotfix", "Hotfix", "staging", "production"),
                List.of(),
                Optional.empty(),
                Sample.NOW,
                Sample.changeSet("cs-1").build().id(),
                Optional.empty(),
                List.of(),
                state);
    }
}
