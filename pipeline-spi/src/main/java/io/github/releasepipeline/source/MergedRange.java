package io.github.releasepipeline.source;

/**
 * The commits that a merge brought to the base branch: those reachable from {@code merge} and not from {@code base}. True
 * for merge commits, squashes and rebases alike.
 *
 * @param base the base branch just before the merge
 * @param merge the base branch just after it: the merge commit, the squash commit or the last rebased commit
 */
public record MergedRange(CommitId base, CommitId merge) {}
