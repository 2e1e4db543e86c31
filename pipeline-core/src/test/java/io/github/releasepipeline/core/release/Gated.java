package io.github.releasepipeline.core.release;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.after;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.release;
import static io.github.releasepipeline.core.machine.Samples.requested;

import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Releases in the step "quality gates", begun at noon. */
final class Gated {
    static final long TOKEN = 5;

    private Gated() {}

    static Release by(GatePolicy... gates) {
        EnvironmentPolicy gated = policy().gates(List.of(gates));
        return release(
                requested(gated),
                new ReleaseEvent.Readied(),
                new ReleaseEvent.AttemptStarted(1, TOKEN),
                new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "key"));
    }

    /** The same after a gate has answered at once. */
    static Release said(Release release, GatePolicy gate, GateVerdict verdict, Instant at) {
        GateRun run = GateRules.judged(
                gate,
                StepRules.lastRun(release).orElseThrow().gate(gate.name()),
                verdict,
                "said " + verdict.name().toLowerCase(Locale.ROOT),
                Map.of(),
                at,
                at);
        return after(release, ALICE, new ReleaseEvent.GateJudged(run));
    }

    /** The same after it failed and was tried again. */
    static Release retried(Release release) {
        int attempt = release.attempts().size() + 1;
        return after(
                release,
                ALICE,
                new ReleaseEvent.StepFailed(Step.QUALITY_GATES, Duration.ZERO, FailureKind.FAILED, "no"),
                new ReleaseEvent.Failed(Step.QUALITY_GATES, Duration.ZERO, FailureKind.FAILED, "no"),
                new ReleaseEvent.AttemptStarted(attempt, TOKEN + attempt),
                new ReleaseEvent.StepStarted(Step.PRE_DEPLOYMENT_CHECKS, "key " + attempt),
                new ReleaseEvent.StepStarted(Step.QUALITY_GATES, "key " + attempt));
    }
}
