/** The moves of versions, and what makes one: number, attribution, notes, tag. */
@NullMarked
package io.github.releasepipeline.core.version;

import org.jspecify.annotations.NullMarked;
