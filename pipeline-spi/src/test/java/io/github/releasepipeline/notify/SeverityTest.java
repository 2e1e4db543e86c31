package io.github.releasepipeline.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.ItemCounts;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.PlanSummary;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeverityTest {
    @Test
    void steps_on_the_way_are_details() {
        assertThat(Severity.of(new ReleaseEvent.StepStarted(Step.BACKUP, "key")))
                .isEqualTo(Severity.DETAIL);
        assertThat(Severity.of(new ReleaseEvent.StepWaits(Step.BACKUP, Duration.ZERO, Instant.EPOCH, "")))
                .isEqualTo(Severity.DETAIL);
        assertThat(Severity.of(new EnvironmentEvent.SlotFreed(new ReleaseId("r-1"))))
                .isEqualTo(Severity.DETAIL);
    }

    @Test
    void what_goes_as_it_should_is_information() {
        assertThat(Severity.of(requested(ReleaseKind.DEPLOY))).isEqualTo(Severity.INFO);
        assertThat(Severity.of(new ReleaseEvent.Succeeded(Duration.ZERO, List.of())))
                .isEqualTo(Severity.INFO);
        assertThat(Severity.of(new VersionEvent.Published())).isEqualTo(Severity.INFO);
    }

    @Test
    void what_somebody_should_look_at_is_a_warning() {
        assertThat(Severity.of(new ReleaseEvent.Rejected())).isEqualTo(Severity.WARNING);
        assertThat(Severity.of(new EnvironmentEvent.HoldPlaced())).isEqualTo(Severity.WARNING);
        assertThat(Severity.of(new ReleaseEvent.VerdictAwaited("board"))).isEqualTo(Severity.WARNING);
        assertThat(Severity.of(new ReleaseEvent.SentBack("staging moved on"))).isEqualTo(Severity.WARNING);
    }

    @Test
    void failures_rollbacks_and_what_nobody_knows_are_alerts() {
        assertThat(Severity.of(new ReleaseEvent.StepLost(Step.ACTIVATE, "no answer")))
                .isEqualTo(Severity.ALERT);
        assertThat(Severity.of(
                        new EnvironmentEvent.VerificationFailed(new ReleaseId("r-1"), FailureKind.FAILED, "unhealthy")))
                .isEqualTo(Severity.ALERT);
        assertThat(Severity.of(new EnvironmentEvent.Verified(new ReleaseId("r-1"))))
                .isEqualTo(Severity.INFO);
        assertThat(Severity.of(new ReleaseEvent.RolledBack(new ReleaseId("r-2"))))
                .isEqualTo(Severity.ALERT);
        assertThat(Severity.of(requested(ReleaseKind.ROLLBACK))).isEqualTo(Severity.ALERT);
    }

    @Test
    void severities_are_ordered() {
        assertThat(Severity.values()).containsExactly(Severity.DETAIL, Severity.INFO, Severity.WARNING, Severity.ALERT);
        assertThat(Severity.INFO.isAtLeast(Severity.DETAIL)).isTrue();
        assertThat(Severity.INFO.isAtLeast(Severity.INFO)).isTrue();
        assertThat(Severity.INFO.isAtLeast(Severity.WARNING)).isFalse();
    }

    private static ReleaseEvent requested(ReleaseKind kind) {
        Digest digest = Digest.of("x");
        ItemCounts none = ItemCounts.of(List.of());
        return new ReleaseEvent.Requested(
                kind,
                new VersionId("v-1"),
                new VersionNumber("", 1, 3, 0, "", ""),
                digest,
                new EnvironmentName("production"),
                EnvironmentPolicy.of(Tier.PRODUCTION),
                new PlanSummary(digest, digest, none, none, none, Optional.empty()),
                Optional.empty());
    }
}
