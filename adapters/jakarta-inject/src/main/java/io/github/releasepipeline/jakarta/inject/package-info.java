/**
 * Puts a pipeline together in a container that knows {@code jakarta.inject}: CDI, Guice, Spring and others. Nothing here
 * depends on one of them.
 */
@NullMarked
package io.github.releasepipeline.jakarta.inject;

import org.jspecify.annotations.NullMarked;
