package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.BOB;
import static io.github.releasepipeline.core.machine.Samples.by;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Condition;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplainRulesTest {
    private static final Release PENDING = release(requested(policy()));
    private static final Release QUEUED =
            release(requested(policy()), new ReleaseEvent.Readied(), new ReleaseEvent.Queued());
    private static final Release DONE = release(
            requested(policy()),
            new ReleaseEvent.Readied(),
            new ReleaseEvent.AttemptStarted(1, 1),
            new ReleaseEvent.Succeeded(Duration.ZERO, List.of()));

    @Test
    void an_end_is_told_with_who_and_why() {
        assertThat(ended(PENDING, new ReleaseEvent.Rejected())).isEqualTo("REJECTED by bob: bad");
        assertThat(ended(PENDING, new ReleaseEvent.Cancelled(ALICE, "plans"))).isEqualTo("CANCELLED by alice: plans");
        assertThat(ended(QUEUED, new ReleaseEvent.Superseded(new ReleaseId("r9"))))
                .isEqualTo("SUPERSEDED by release r9");
        assertThat(ended(DONE, new ReleaseEvent.RolledBack(new ReleaseId("r9"))))
                .isEqualTo("ROLLED_BACK by release r9");
        assertThat(ended(PENDING, new ReleaseEvent.Expired())).isEqualTo("EXPIRED");
        assertThat(ExplainRules.started(DONE))
                .isEqualTo(Condition.unmet("release.ended", "Release r1 has succeeded", "request a new release"));
    }

    @Test
    void a_bypass_is_told_with_its_reason() {
        Release bypassed = ReleaseMachine.MACHINE.fold(
                PENDING.id(), Optional.empty(), requested(policy()), by(ALICE, "customers are down"));
        Release passing = ReleaseMachine.MACHINE.fold(
                PENDING.id(),
                Optional.of(bypassed),
                new ReleaseEvent.UpstreamBypassed(new EnvironmentName("test")),
                by(ALICE, ""));
        assertThat(ExplainRules.notes(passing))
                .containsExactly(Condition.note("release.bypassed", "It passes over test: customers are down"));
        assertThat(ExplainRules.notes(PENDING)).isEmpty();
    }

    private static String ended(Release before, ReleaseEvent end) {
        Release ended = ReleaseMachine.MACHINE.fold(before.id(), Optional.of(before), end, by(BOB, "bad"));
        String text = ExplainRules.started(ended).text();
        assertThat(text).startsWith("Release r1 has ended: ");
        return text.substring("Release r1 has ended: ".length());
    }
}
