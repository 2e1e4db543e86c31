@NullMarked
package io.github.releasepipeline.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
