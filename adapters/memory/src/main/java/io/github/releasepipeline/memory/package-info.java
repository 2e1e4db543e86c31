/** The reference implementation of every port, in memory: for tests, demonstrations and simulations. Keeps nothing. */
@NullMarked
package io.github.releasepipeline.memory;

import org.jspecify.annotations.NullMarked;
