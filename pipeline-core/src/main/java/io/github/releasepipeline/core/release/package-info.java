/** The moves of releases. */
@NullMarked
package io.github.releasepipeline.core.release;

import org.jspecify.annotations.NullMarked;
