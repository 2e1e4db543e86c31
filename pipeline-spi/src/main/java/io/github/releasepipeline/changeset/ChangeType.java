package io.github.releasepipeline.changeset;

/** What sort of change a set makes; suggests the version increment. */
public enum ChangeType {
    /** Breaks interfaces: major. */
    BREAKING,
    /** New workflows or abilities: minor. */
    FEATURE,
    /** Corrects an error: patch. */
    FIX,
    /** Corrects an error in production, past the usual order: patch. */
    HOTFIX,
    /** Faster, otherwise the same: patch. */
    PERFORMANCE,
    /** Documentation and prompts' wording: patch. */
    DOCS,
    /** Nothing in particular: the pull requests' labels suggest the increment. */
    OTHER
}
