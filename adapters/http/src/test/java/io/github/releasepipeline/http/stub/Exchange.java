package io.github.releasepipeline.http.stub;

/**
 * One request and its answer.
 *
 * @param asked what came
 * @param answered what was answered
 */
public record Exchange(Asked asked, Answer answered) {}
