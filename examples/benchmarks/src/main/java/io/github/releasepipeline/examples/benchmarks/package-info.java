/** Measurements against other libraries that do the same. */
@NullMarked
package io.github.releasepipeline.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
