/** Versions: immutable, tagged, published snapshots of all items at one commit. */
@NullMarked
package io.github.releasepipeline.version;

import org.jspecify.annotations.NullMarked;
