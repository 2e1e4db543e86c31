package io.github.releasepipeline.examples.benchmarks.lifecycle;

import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;

/** A target that takes no time and says nothing, so that only the pipeline is measured. */
final class SilentTarget implements DeploymentTarget {
    private volatile Manifest active = Manifest.empty();
    private volatile Manifest staged = Manifest.empty();
    private volatile Manifest backedUp = Manifest.empty();

    @Override
    public Observation observe() {
        return new Observation(active);
    }

    @Override
    public StepOutcome check(StepCall call) {
        return new StepOutcome.Done("sound");
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        backedUp = active;
        return new StepOutcome.BackedUp(new Backup("backup-" + call.attemptKey(), active.digest()));
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        staged = artifacts.manifest();
        return new StepOutcome.Done("staged");
    }

    @Override
    public StepOutcome activate(StepCall call) {
        active = staged;
        return new StepOutcome.Done("active");
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return new StepOutcome.Done("inactive");
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        staged = source instanceof RestoreSource.FromArtifacts from
                ? from.artifacts().manifest()
                : backedUp;
        return new StepOutcome.Done("restored");
    }

    @Override
    public Probe probe(String attemptKey, long fencingToken) {
        return new Probe.NotDone();
    }
}
