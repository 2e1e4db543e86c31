package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.VERSION;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.published;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.rollbackRequested;
import static io.github.releasepipeline.core.machine.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollbackRulesTest {
    private static final ReleaseEvent.Requested REQUEST = rollbackRequested();
    private static final Version TARGET = target(new VersionEvent.Published());
    private static final Release SUCCEEDED =
            ended(requested(policy()), new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));
    private static final Release FAILED =
            ended(requested(policy()), new ReleaseEvent.Failed(Step.ACTIVATE, Duration.ZERO, FailureKind.FAILED, "no"));

    private static Release ended(ReleaseEvent.Requested request, ReleaseEvent end) {
        return release(request, new ReleaseEvent.Readied(), new ReleaseEvent.AttemptStarted(1, 1), end);
    }

    private static Version target(VersionEvent... events) {
        return version(new VersionId("v0"), number(1, 2, 0), events);
    }

    private static ActiveVersion active(String version, String release) {
        return new ActiveVersion(
                new VersionId(version), number(1, 3, 0), MANIFEST, new ReleaseId(release), NOON, Optional.of(NOON));
    }

    private static Environment environment(Optional<ActiveVersion> active, ActiveVersion... former) {
        return new Environment(
                STAGING,
                active,
                List.of(former),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static final Environment ACTIVE = environment(Optional.of(active("v1", "r1")));

    private static Decision rollback(Release original, Environment environment, Version target, boolean allow) {
        return RollbackRules.rollback(original, environment, target, false, allow, REQUEST);
    }

    @Test
    void without_a_person_an_environment_goes_back_to_what_was_verified_last() {
        ActiveVersion unproved = new ActiveVersion(
                new VersionId("v3"), number(1, 3, 0), MANIFEST, new ReleaseId("r3"), NOON, Optional.empty());
        Environment environment =
                environment(Optional.of(active("v4", "r4")), unproved, active("v2", "r2"), active("v1", "r1"));
        assertThat(RollbackRules.lastVerified(environment, version -> VersionState.Kind.PUBLISHED))
                .contains(new VersionId("v2"));
        assertThat(RollbackRules.lastVerified(
                        environment,
                        version ->
                                version.value().equals("v2") ? VersionState.Kind.BLOCKED : VersionState.Kind.PUBLISHED))
                .contains(new VersionId("v1"));
        assertThat(RollbackRules.lastVerified(
                        environment(Optional.of(active("v4", "r4")), unproved), version -> VersionState.Kind.PUBLISHED))
                .isEmpty();
    }

    @Test
    void one_can_choose_among_what_was_active_here_with_the_default_first_and_deprecated_versions_last() {
        Environment environment = environment(
                Optional.of(active("v1", "r1")), active("v4", "r4"), active("v3", "r3"), active("v2", "r2"));
        Map<String, VersionState.Kind> states = Map.of(
                "v1", VersionState.Kind.PUBLISHED,
                "v2", VersionState.Kind.PUBLISHED,
                "v3", VersionState.Kind.BLOCKED,
                "v4", VersionState.Kind.DEPRECATED);
        assertThat(RollbackRules.targets(SUCCEEDED, environment, version -> states.get(version.value())))
                .containsExactly(new VersionId("v2"), new VersionId("v4"));
        assertThat(RollbackRules.targets(FAILED, environment, version -> states.get(version.value())))
                .as("what is active is where a failed release goes back to")
                .containsExactly(new VersionId("v1"), new VersionId("v2"), new VersionId("v4"));
    }

    @Test
    void a_rollback_needs_no_approval() {
        assertThat(accepted(rollback(SUCCEEDED, ACTIVE, TARGET, false)))
                .containsExactly(REQUEST, new ReleaseEvent.Readied());
    }

    @Test
    void only_what_succeeded_and_is_active_or_failed_is_rolled_back() {
        refused(rollback(release(requested(policy())), ACTIVE, TARGET, false), "release.state");
        assertThat(refused(
                                rollback(SUCCEEDED, environment(Optional.of(active("v2", "r2"))), TARGET, false),
                                "rollback.not-active")
                        .message())
                .isEqualTo("Release r1 is not active in staging any more; v1.3.0 of release r2 is");
        assertThat(refused(rollback(SUCCEEDED, environment(Optional.empty()), TARGET, false), "rollback.not-active")
                        .message())
                .endsWith("nothing is");
        assertThat(accepted(rollback(FAILED, environment(Optional.of(active("v2", "r2"))), TARGET, false)))
                .hasSize(2);
    }

    @Test
    void a_rollback_is_rolled_back_only_to_a_version_that_is_named() {
        Release original = ended(REQUEST, new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));
        refused(rollback(original, ACTIVE, TARGET, false), "rollback.of-rollback");
        assertThat(accepted(RollbackRules.rollback(original, ACTIVE, TARGET, true, false, REQUEST)))
                .hasSize(2);
    }

    @Test
    void what_succeeded_is_not_rolled_back_to_what_it_brought_and_what_failed_may_be() {
        refused(rollback(SUCCEEDED, ACTIVE, published(), false), "rollback.same-version");
        assertThat(accepted(rollback(FAILED, ACTIVE, published(), false))).hasSize(2);
    }

    @Test
    void what_failed_is_not_rolled_back_where_something_else_became_active_since_and_is_whole() {
        Environment mended = environment(Optional.of(later("r2")));
        refused(rollback(FAILED, mended, TARGET, false), "rollback.not-active");
        assertThat(accepted(rollback(FAILED, degraded(mended), TARGET, false))).hasSize(2);
        assertThat(accepted(rollback(FAILED, environment(Optional.of(later("r1"))), TARGET, false)))
                .hasSize(2);
    }

    private static ActiveVersion later(String release) {
        Instant since = NOON.plusSeconds(1);
        return new ActiveVersion(
                new VersionId("v2"), number(1, 4, 0), MANIFEST, new ReleaseId(release), since, Optional.of(since));
    }

    private static Environment degraded(Environment environment) {
        return new Environment(
                environment.name(),
                environment.active(),
                environment.former(),
                environment.running(),
                environment.queue(),
                environment.fencingToken(),
                environment.hold(),
                Optional.of(new Degradation("half restored", List.of(), NOON)),
                environment.watch());
    }

    @Test
    void a_deprecated_target_has_to_be_allowed_and_a_blocked_one_never_is() {
        VersionEvent.Published published = new VersionEvent.Published();
        Version deprecated = target(published, new VersionEvent.Deprecated());
        refused(rollback(SUCCEEDED, ACTIVE, deprecated, false), "rollback.deprecated");
        assertThat(accepted(rollback(SUCCEEDED, ACTIVE, deprecated, true))).hasSize(2);
        for (Version target : List.of(
                target(), target(new VersionEvent.Discarded()), target(published, new VersionEvent.Blocked()))) {
            assertThat(refused(rollback(SUCCEEDED, ACTIVE, target, true), "rollback.version-state")
                            .message())
                    .isEqualTo("Version v1.2.0 is " + target.state().kind());
        }
    }

    @Test
    void without_a_choice_it_goes_to_the_last_published_version_that_was_active_and_is_another() {
        Map<String, VersionState.Kind> kinds = Map.of(
                "v1", VersionState.Kind.PUBLISHED,
                "blocked", VersionState.Kind.BLOCKED,
                "deprecated", VersionState.Kind.DEPRECATED,
                "good", VersionState.Kind.PUBLISHED,
                "older", VersionState.Kind.PUBLISHED);
        Environment remembers = environment(
                Optional.of(active("v1", "r1")),
                active("blocked", "a"),
                active("deprecated", "b"),
                active("good", "c"),
                active("older", "d"));
        assertThat(target(SUCCEEDED, remembers, kinds)).contains(new VersionId("good"));
        assertThat(target(SUCCEEDED, ACTIVE, kinds)).isEmpty();
        assertThat(SUCCEEDED.version()).isEqualTo(VERSION);
        assertThat(SUCCEEDED.id()).isEqualTo(RELEASE);
    }

    @Test
    void a_release_that_failed_before_activation_goes_back_to_what_is_active() {
        Environment other = environment(Optional.of(active("good", "r0")), active("older", "c"));
        assertThat(target(
                        FAILED,
                        other,
                        Map.of("good", VersionState.Kind.PUBLISHED, "older", VersionState.Kind.PUBLISHED)))
                .contains(new VersionId("good"));
    }

    @Test
    void a_failed_repetition_of_the_active_version_goes_back_to_that_version() {
        assertThat(target(FAILED, ACTIVE, Map.of("v1", VersionState.Kind.PUBLISHED)))
                .contains(VERSION);
    }

    private static Optional<VersionId> target(
            Release original, Environment environment, Map<String, VersionState.Kind> kinds) {
        return RollbackRules.defaultTarget(
                original, environment, version -> kinds.getOrDefault(version.value(), VersionState.Kind.DRAFT));
    }
}
