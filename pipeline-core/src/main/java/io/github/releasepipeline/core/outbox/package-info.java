/** Brings letters to notifiers. */
@NullMarked
package io.github.releasepipeline.core.outbox;

import org.jspecify.annotations.NullMarked;
