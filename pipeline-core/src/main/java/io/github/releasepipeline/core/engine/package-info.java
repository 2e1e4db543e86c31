/** The one write path. */
@NullMarked
package io.github.releasepipeline.core.engine;

import org.jspecify.annotations.NullMarked;
