/** The port to people and systems that want to hear of events. */
@NullMarked
package io.github.releasepipeline.notify;

import org.jspecify.annotations.NullMarked;
