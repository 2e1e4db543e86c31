/** Tests of tables and decisions, and samples for all tests of moves. */
@NullMarked
package io.github.releasepipeline.core.machine;

import org.jspecify.annotations.NullMarked;
