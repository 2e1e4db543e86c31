/** What counts, told from snapshots. */
@NullMarked
package io.github.releasepipeline.core.figure;

import org.jspecify.annotations.NullMarked;
