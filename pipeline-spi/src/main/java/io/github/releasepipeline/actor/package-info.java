/** Who acts, and what they are allowed to do. */
@NullMarked
package io.github.releasepipeline.actor;

import org.jspecify.annotations.NullMarked;
