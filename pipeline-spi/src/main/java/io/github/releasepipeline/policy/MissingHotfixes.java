package io.github.releasepipeline.policy;

/** What to do with a version that does not contain an earlier hotfix of its line. */
public enum MissingHotfixes {
    /** The version is refused and the hotfix named, unless somebody says with a reason that it may be missing. */
    FAIL,
    /** It is listed in the version, and the version is published. */
    WARN
}
