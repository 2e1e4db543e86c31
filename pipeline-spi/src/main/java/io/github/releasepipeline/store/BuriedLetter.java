package io.github.releasepipeline.store;

/**
 * A letter that will not be tried again unless a person wants it.
 *
 * @param letter with its tries
 * @param error what was said when it was tried last
 */
public record BuriedLetter(Letter letter, String error) {}
