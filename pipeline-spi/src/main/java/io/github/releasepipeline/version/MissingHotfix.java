package io.github.releasepipeline.version;

import java.util.Optional;

/**
 * A hotfix of the same line, with a lower number, that a version does not contain; or an imported version, which may have
 * been one.
 *
 * @param version the hotfix
 * @param number its number
 * @param reason why the version was made without it; absent if nobody said so
 */
public record MissingHotfix(VersionId version, VersionNumber number, Optional<String> reason) {}
