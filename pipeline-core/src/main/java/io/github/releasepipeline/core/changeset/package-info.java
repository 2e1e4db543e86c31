/** The moves of change sets. */
@NullMarked
package io.github.releasepipeline.core.changeset;

import org.jspecify.annotations.NullMarked;
