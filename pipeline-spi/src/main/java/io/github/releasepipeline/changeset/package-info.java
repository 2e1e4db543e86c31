/** Change sets: named groups of pull requests that are released together. */
@NullMarked
package io.github.releasepipeline.changeset;

import org.jspecify.annotations.NullMarked;
