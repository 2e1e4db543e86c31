/** What an environment remembers: active version, running release, queue, holds. */
@NullMarked
package io.github.releasepipeline.environment;

import org.jspecify.annotations.NullMarked;
