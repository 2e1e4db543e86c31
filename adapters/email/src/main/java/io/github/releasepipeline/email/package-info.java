/** Tells people of events by mail. */
@NullMarked
package io.github.releasepipeline.email;

import org.jspecify.annotations.NullMarked;
