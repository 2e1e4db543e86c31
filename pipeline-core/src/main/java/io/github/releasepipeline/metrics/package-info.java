/** Figures made from releases. */
@NullMarked
package io.github.releasepipeline.metrics;

import org.jspecify.annotations.NullMarked;
