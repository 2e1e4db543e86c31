/** Shares the running releases of one PostgreSQL among many nodes, by db-scheduler. */
@NullMarked
package io.github.releasepipeline.dbscheduler;

import org.jspecify.annotations.NullMarked;
