/** The ports that a deployment calls: the target that holds the items, and quality gates. */
@NullMarked
package io.github.releasepipeline.target;

import org.jspecify.annotations.NullMarked;
