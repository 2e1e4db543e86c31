/** The moves of environments. */
@NullMarked
package io.github.releasepipeline.core.environment;

import org.jspecify.annotations.NullMarked;
