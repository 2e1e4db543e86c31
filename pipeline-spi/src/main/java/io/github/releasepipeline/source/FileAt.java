package io.github.releasepipeline.source;

/**
 * A file at a commit.
 *
 * @param commit which commit
 * @param path from the repository's root, with {@code /}
 */
public record FileAt(CommitId commit, String path) {}
