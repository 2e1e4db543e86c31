/** A release from the request to its success, by this library and by other ways to do the same durably. */
@NullMarked
package io.github.releasepipeline.examples.benchmarks.lifecycle;

import org.jspecify.annotations.NullMarked;
