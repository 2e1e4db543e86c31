/** Pull requests, merges, checks, tags, releases, deployments and web hooks of GitHub. */
@NullMarked
package io.github.releasepipeline.github;

import org.jspecify.annotations.NullMarked;
