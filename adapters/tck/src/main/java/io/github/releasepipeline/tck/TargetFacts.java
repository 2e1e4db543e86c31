package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;

/** What the facts about a target share: a fresh target for each fact and short ways to call it. */
abstract class TargetFacts {
    static final TextArtifacts ONE = TextArtifacts.of(Map.of("workflows/a.json", "a1", "workflows/b.json", "b1"));
    static final TextArtifacts TWO = TextArtifacts.of(Map.of("workflows/a.json", "a2", "workflows/c.json", "c2"));
    static final TextArtifacts THREE = TextArtifacts.of(Map.of("workflows/d.json", "d3"));

    DeploymentTarget target;
    private int calls;

    @SuppressWarnings("NullAway.Init") // set before each fact
    TargetFacts() {}

    /** A fresh target that holds nothing. */
    protected abstract DeploymentTarget newTarget();

    @BeforeEach
    final void openTarget() {
        target = newTarget();
    }

    /** A call with a key of its own and token 1. */
    final StepCall call(Step step, TextArtifacts version) {
        calls++;
        return call(step, version, "key-" + calls, 1);
    }

    static StepCall call(Step step, TextArtifacts version, String attemptKey, long fencingToken) {
        return new StepCall(
                new ReleaseId("r-1"),
                Sample.PRODUCTION,
                step,
                attemptKey,
                fencingToken,
                Sample.number(1, 0, 0),
                version.manifest().digest(),
                new RecordingStepLog());
    }

    final StepOutcome stage(TextArtifacts version) {
        return target.stage(call(Step.DEPLOY_ARTIFACTS, version), version.against(active()));
    }

    final StepOutcome activate(TextArtifacts version) {
        return target.activate(call(Step.ACTIVATE, version));
    }

    final Backup backUp() {
        StepOutcome outcome = target.backUp(call(Step.BACKUP, ONE));
        assertThat(outcome).isInstanceOf(StepOutcome.BackedUp.class);
        return ((StepOutcome.BackedUp) outcome).backup();
    }

    final StepOutcome restore(TextArtifacts version, RestoreSource source) {
        return target.restore(call(Step.RESTORE, version), source);
    }

    final void deploy(TextArtifacts version) {
        assertDone(stage(version));
        assertDone(activate(version));
        assertThat(active()).isEqualTo(version.manifest());
    }

    final Manifest active() {
        return target.observe().active();
    }

    static void assertDone(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Done.class);
    }

    static RestoreSource from(Backup backup) {
        return new RestoreSource.FromBackup(backup);
    }

    /**
     * The sorts of calls, on a target where {@link #ONE} is active and {@link #TWO} is staged; each would bring the
     * target to {@link #THREE} or make {@link #TWO} active, if it brings anything.
     */
    final Map<Step, Function<StepCall, StepOutcome>> sortsOfCalls() {
        Map<Step, Function<StepCall, StepOutcome>> sorts = new LinkedHashMap<>();
        sorts.put(Step.PRE_DEPLOYMENT_CHECKS, call -> target.check(call));
        sorts.put(Step.BACKUP, call -> target.backUp(call));
        sorts.put(Step.DEPLOY_ARTIFACTS, call -> target.stage(call, THREE));
        sorts.put(Step.POST_DEPLOYMENT_CHECKS, call -> target.check(call));
        if (target instanceof CanaryTarget gradual) {
            sorts.put(Step.CANARY, call -> gradual.canary(call, 10));
        }
        sorts.put(Step.ACTIVATE, call -> target.activate(call));
        sorts.put(Step.DEACTIVATE, call -> target.deactivate(call));
        sorts.put(Step.RESTORE, call -> target.restore(call, new RestoreSource.FromArtifacts(THREE)));
        sorts.put(Step.VERIFY, call -> target.check(call));
        return sorts;
    }
}
