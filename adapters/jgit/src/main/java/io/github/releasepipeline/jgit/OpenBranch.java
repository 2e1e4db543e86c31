package io.github.releasepipeline.jgit;

import org.eclipse.jgit.lib.ObjectId;

/**
 * A branch that is ahead of the branch it is proposed for: an open pull request.
 *
 * @param name without {@code refs/heads/} or {@code refs/remotes/origin/}; {@code pull/7} for {@code refs/pull/7/head}
 * @param into the branch that it is proposed for
 * @param tip the newest commit of that
 */
record OpenBranch(long number, String name, ObjectId head, TargetBranch into, ObjectId tip, RangeFacts facts) {}
