package io.github.releasepipeline.target;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.VersionNumber;

/**
 * What every call of a step tells the target.
 *
 * @param release the release that runs
 * @param environment in which environment
 * @param step which step
 * @param attemptKey the same for each repetition of this one call; a target that has done the work under this key answers
 *     as it did then
 * @param fencingToken a target refuses a call with a token older than the newest it has seen
 * @param version the version that is brought
 * @param manifest digest of that version's manifest
 * @param log where to tell what is going on
 */
public record StepCall(
        ReleaseId release,
        EnvironmentName environment,
        Step step,
        String attemptKey,
        long fencingToken,
        VersionNumber version,
        Digest manifest,
        StepLog log) {}
