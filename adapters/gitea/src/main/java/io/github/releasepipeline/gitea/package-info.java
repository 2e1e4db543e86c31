/**
 * The pull requests, checks, tags and releases of a repository on Gitea (1.22 and newer) or Forgejo. Start with {@link
 * io.github.releasepipeline.gitea.Gitea}.
 */
@NullMarked
package io.github.releasepipeline.gitea;

import org.jspecify.annotations.NullMarked;
