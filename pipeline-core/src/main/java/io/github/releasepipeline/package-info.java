/** The fluent API: build a {@link Pipeline}, say who acts, and act. */
@NullMarked
package io.github.releasepipeline;

import org.jspecify.annotations.NullMarked;
