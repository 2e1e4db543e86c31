@NullMarked
package io.github.releasepipeline.examples.benchmarks.lifecycle;

import org.jspecify.annotations.NullMarked;
