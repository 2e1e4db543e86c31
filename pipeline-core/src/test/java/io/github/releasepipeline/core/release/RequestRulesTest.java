package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.MANIFEST;
import static io.github.releasepipeline.core.machine.Samples.NOON;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.accepted;
import static io.github.releasepipeline.core.machine.Samples.active;
import static io.github.releasepipeline.core.machine.Samples.number;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.published;
import static io.github.releasepipeline.core.machine.Samples.refused;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static io.github.releasepipeline.core.machine.Samples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.release.RequestRules.UpstreamFacts;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestRulesTest {
    private static final EnvironmentName TEST = new EnvironmentName("test");
    private static final Environment FRESH = Environment.fresh(STAGING);
    private static final ReleaseEvent.Requested REQUEST = requested(policy());

    private static Environment environment(
            EnvironmentName name, Optional<ActiveVersion> active, Optional<Degradation> degradation) {
        return new Environment(
                name,
                active,
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                degradation,
                Optional.empty());
    }

    private static Optional<UpstreamFacts> upstream(Optional<ActiveVersion> active) {
        return Optional.of(new UpstreamFacts(
                new Upstream(TEST, Duration.ofHours(1)), environment(TEST, active, Optional.empty())));
    }

    private static Decision request(
            ReleaseEvent.Requested request,
            Version version,
            Environment environment,
            Optional<UpstreamFacts> upstream,
            Optional<String> bypass) {
        return RequestRules.request(request, version, environment, upstream, bypass, Release.Order.FORWARD);
    }

    @Test
    void a_downgrade_is_recorded() {
        assertThat(accepted(RequestRules.request(
                        REQUEST, published(), FRESH, Optional.empty(), Optional.empty(), Release.Order.DOWNGRADE)))
                .containsExactly(REQUEST, new ReleaseEvent.DowngradeWanted(), new ReleaseEvent.Readied());
    }

    @Test
    void without_approvals_a_request_is_ready_at_once() {
        assertThat(accepted(request(REQUEST, published(), FRESH, Optional.empty(), Optional.empty())))
                .containsExactly(REQUEST, new ReleaseEvent.Readied());
        ReleaseEvent.Requested guarded = requested(policy(ApprovalRule.anyone(1)));
        assertThat(accepted(request(guarded, published(), FRESH, Optional.empty(), Optional.empty())))
                .containsExactly(guarded);
    }

    @Test
    void only_a_published_version_is_deployed() {
        VersionNumber number = number(1, 3, 0);
        VersionEvent.Published published = new VersionEvent.Published();
        for (Version version : List.of(
                version(number),
                version(number, new VersionEvent.Discarded()),
                version(number, published, new VersionEvent.Deprecated()),
                version(number, published, new VersionEvent.Blocked()))) {
            assertThat(refused(
                                    request(REQUEST, version, FRESH, Optional.empty(), Optional.empty()),
                                    "release.version-state")
                            .message())
                    .isEqualTo("Version v1.3.0 is " + version.state().kind() + " and cannot be deployed");
        }
    }

    @Test
    void a_pre_release_goes_only_where_the_policy_allows_it() {
        Version preRelease = version(new VersionNumber("", 2, 0, 0, "rc.1", ""), new VersionEvent.Published());
        assertThat(unmet(RequestRules.version(preRelease, policy())))
                .containsExactly("Pre-release v2.0.0-rc.1 may not go into this environment");
        assertThat(unmet(RequestRules.version(preRelease, EnvironmentPolicy.of(Tier.STAGING))))
                .isEmpty();
        assertThat(unmet(RequestRules.version(published(), policy()))).isEmpty();
    }

    @Test
    void a_degraded_environment_is_closed() {
        Environment degraded =
                environment(STAGING, Optional.empty(), Optional.of(new Degradation("half restored", List.of(), NOON)));
        assertThat(refused(
                                request(REQUEST, published(), degraded, Optional.empty(), Optional.empty()),
                                "release.environment-degraded")
                        .message())
                .isEqualTo("Environment staging is degraded: half restored");
        assertThat(RequestRules.degraded(FRESH))
                .isEqualTo(Condition.met("release.environment-degraded", "Environment staging is not degraded"));
    }

    @Test
    void the_same_items_have_to_be_verified_upstream() {
        ActiveVersion unproved = new ActiveVersion(
                published().id(), number(1, 3, 0), MANIFEST, new ReleaseId("r0"), NOON, Optional.empty());
        Watch watch = new Watch(unproved.release(), NOON, NOON.plusSeconds(600));
        assertThat(upstream(unproved, Optional.of(watch), Optional.empty()))
                .isEqualTo("v1.3.0 is active in test, and watched there: it is not verified yet");
        assertThat(upstream(unproved, Optional.empty(), Optional.empty()))
                .isEqualTo("v1.3.0 is active in test, but not verified there");
    }

    @Test
    void upstream_has_to_be_sound() {
        Degradation half = new Degradation("half restored", List.of(), NOON);
        assertThat(upstream(active(number(1, 3, 0), MANIFEST, NOON), Optional.empty(), Optional.of(half)))
                .isEqualTo("v1.3.0 is active in test, which is degraded: half restored");
    }

    private static String upstream(ActiveVersion active, Optional<Watch> watch, Optional<Degradation> degradation) {
        Environment before = new Environment(
                TEST,
                Optional.of(active),
                List.of(),
                Optional.empty(),
                List.of(),
                0,
                Optional.empty(),
                degradation,
                watch);
        UpstreamFacts facts = new UpstreamFacts(new Upstream(TEST, Duration.ZERO), before);
        return refused(request(REQUEST, published(), FRESH, Optional.of(facts), Optional.empty()), "release.upstream")
                .message();
    }

    @Test
    void the_same_items_have_to_be_active_upstream() {
        assertThat(refused(
                                request(REQUEST, published(), FRESH, upstream(Optional.empty()), Optional.empty()),
                                "release.upstream")
                        .message())
                .isEqualTo("v1.3.0 has to be active in test first, where nothing is active");
        assertThat(refused(
                                request(
                                        REQUEST,
                                        published(),
                                        FRESH,
                                        upstream(Optional.of(active(number(1, 2, 0), Digest.of("other"), NOON))),
                                        Optional.empty()),
                                "release.upstream")
                        .message())
                .endsWith("where v1.2.0 is active");
        Optional<UpstreamFacts> same = upstream(Optional.of(active(number(1, 2, 9), MANIFEST, NOON)));
        assertThat(accepted(request(REQUEST, published(), FRESH, same, Optional.empty())))
                .contains(REQUEST);
    }

    @Test
    void a_bypass_goes_past_upstream_and_is_recorded() {
        assertThat(accepted(request(REQUEST, published(), FRESH, upstream(Optional.empty()), Optional.of("urgent"))))
                .containsExactly(REQUEST, new ReleaseEvent.UpstreamBypassed(TEST), new ReleaseEvent.Readied());
        assertThat(accepted(request(REQUEST, published(), FRESH, Optional.empty(), Optional.of("urgent"))))
                .containsExactly(REQUEST, new ReleaseEvent.Readied());
    }

    @Test
    void a_bypass_does_not_go_past_anything_else() {
        refused(
                request(REQUEST, version(number(1, 3, 0)), FRESH, Optional.empty(), Optional.of("urgent")),
                "release.version-state");
    }

    @Test
    void the_soak_time_is_over_with_its_last_instant() {
        UpstreamFacts since =
                upstream(Optional.of(active(number(1, 3, 0), MANIFEST, NOON))).orElseThrow();
        Instant end = NOON.plus(Duration.ofHours(1));
        assertThat(RequestRules.soaked(published(), since, end.minusNanos(1)))
                .filteredOn(Condition::isUnmet)
                .containsExactly(Condition.unmet(
                                "release.soak", "v1.3.0 has to be active in test until " + end, "wait", "bypass")
                        .earliest(Optional.of(end)));
        assertThat(unmet(RequestRules.soaked(published(), since, end))).isEmpty();
        assertThat(RequestRules.soaked(published(), upstream(Optional.empty()).orElseThrow(), end))
                .extracting(Condition::code)
                .containsExactly("release.upstream");
    }

    private static List<String> unmet(List<Condition> conditions) {
        return conditions.stream()
                .filter(Condition::isUnmet)
                .map(Condition::text)
                .toList();
    }
}
