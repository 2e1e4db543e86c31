/** Versions on real Git repositories and real databases. */
@NullMarked
package io.github.releasepipeline.examples.versions;

import org.jspecify.annotations.NullMarked;
