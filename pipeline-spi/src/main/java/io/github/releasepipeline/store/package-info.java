/** The port to durable storage, and what can be asked of it. */
@NullMarked
package io.github.releasepipeline.store;

import org.jspecify.annotations.NullMarked;
