package io.github.releasepipeline.version;

import io.github.releasepipeline.policy.NotesPolicy;

/**
 * A demand on release notes that a version does not fulfil.
 *
 * @param severity what the policy makes of it; not {@code OFF}
 * @param text a sentence for people
 */
public record NotesWarning(NotesPolicy.Severity severity, String text) {}
