/** How items differ: by their values and by their lines. */
@NullMarked
package io.github.releasepipeline.difference;

import org.jspecify.annotations.NullMarked;
