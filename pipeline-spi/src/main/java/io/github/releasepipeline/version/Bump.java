package io.github.releasepipeline.version;

/** Which part of the number a version increments. */
public enum Bump {
    /** Breaking changes. */
    MAJOR,
    /** New workflows or features. */
    MINOR,
    /** Bug fixes only. */
    PATCH,
    /** The number was given by a person. */
    CUSTOM,
    /** The number was found as a tag of a repository that had a history already. */
    IMPORTED
}
