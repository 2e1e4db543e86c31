/** Managed files: kinds, items, manifests and the differences between manifests. */
@NullMarked
package io.github.releasepipeline.item;

import org.jspecify.annotations.NullMarked;
