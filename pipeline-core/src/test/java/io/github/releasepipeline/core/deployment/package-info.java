/** Tests of workers and of what they record. */
@NullMarked
package io.github.releasepipeline.core.deployment;

import org.jspecify.annotations.NullMarked;
