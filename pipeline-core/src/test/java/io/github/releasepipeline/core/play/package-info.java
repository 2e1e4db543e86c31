/** Long random games with a whole pipeline, and what has to hold after each move. */
@NullMarked
package io.github.releasepipeline.core.play;

import org.jspecify.annotations.NullMarked;
