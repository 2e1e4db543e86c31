/** Follows the pull requests of a repository. */
@NullMarked
package io.github.releasepipeline.core.source;

import org.jspecify.annotations.NullMarked;
