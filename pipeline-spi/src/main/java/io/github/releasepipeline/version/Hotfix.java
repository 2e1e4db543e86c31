package io.github.releasepipeline.version;

import io.github.releasepipeline.policy.EnvironmentName;

/**
 * What a hotfix corrects.
 *
 * @param base the version that was active in production; the hotfix holds it and the correction, nothing later
 * @param number the base's number
 * @param environment where it was active
 */
public record Hotfix(VersionId base, VersionNumber number, EnvironmentName environment) {}
