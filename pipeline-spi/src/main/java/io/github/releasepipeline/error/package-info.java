/** The errors of this library: one sealed, unchecked hierarchy. */
@NullMarked
package io.github.releasepipeline.error;

import org.jspecify.annotations.NullMarked;
