package io.github.releasepipeline.policy;

/** What to do with changes that ride along in a version without being in one of its change sets. */
public enum Stowaways {
    /** The version is refused, and they are named. */
    FAIL,
    /**
     * Their pull requests are put into a change set named "Uncategorised", which becomes part of the version; commits outside
     * of pull requests are named in its description. A pull request that another open set holds refuses the version.
     */
    ADOPT,
    /** They are listed in the version, and it is published. */
    WARN
}
