/** Notifiers as the documents wire them. */
@NullMarked
package io.github.releasepipeline.examples.notifiers;

import org.jspecify.annotations.NullMarked;
