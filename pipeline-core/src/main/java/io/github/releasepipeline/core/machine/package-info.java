/** Decisions, and what every state machine here has in common: a table of edges and a fold of events. */
@NullMarked
package io.github.releasepipeline.core.machine;

import org.jspecify.annotations.NullMarked;
