/**
 * Git for real: {@link io.github.releasepipeline.jgit.GitRepository} reads manifests, differences and origins of changes
 * and writes tags; {@link io.github.releasepipeline.jgit.GitPullRequests} reads pull requests from a repository that has
 * no forge.
 */
@NullMarked
package io.github.releasepipeline.jgit;

import org.jspecify.annotations.NullMarked;
