package io.github.releasepipeline.target;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.version.VersionNumber;

/**
 * What a gate judges.
 *
 * @param version the version
 * @param commit its commit
 * @param environment where it shall go
 * @param artifacts its items with their bytes
 * @param log where to tell what is going on
 */
public record GateContext(
        VersionNumber version, CommitId commit, EnvironmentName environment, Artifacts artifacts, StepLog log) {}
