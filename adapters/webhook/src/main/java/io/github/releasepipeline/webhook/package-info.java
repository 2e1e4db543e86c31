/** Tells programs of events by signed messages, and verifies such messages. */
@NullMarked
package io.github.releasepipeline.webhook;

import org.jspecify.annotations.NullMarked;
