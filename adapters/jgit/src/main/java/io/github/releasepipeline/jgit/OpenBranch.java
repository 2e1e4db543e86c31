package io.github.releasepipeline.jgit;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A branch that is ahead of the default branch: an open pull request.
 *
 * @param name without {@code refs/heads/} or {@code refs/remotes/origin/}; {@code pull/7} for {@code refs/pull/7/head}
 */
record OpenBranch(long number, String name, ObjectId head, RangeFacts facts) {}
