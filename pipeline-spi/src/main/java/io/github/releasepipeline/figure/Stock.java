package io.github.releasepipeline.figure;

/**
 * What lies there now.
 *
 * @param openPullRequests that are open, no drafts, and touch an item
 * @param changeSetsReady that can be versioned
 */
public record Stock(long openPullRequests, long changeSetsReady) {}
