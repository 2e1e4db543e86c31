/** Storage on SQLite and PostgreSQL, and an environment that keeps its items in tables. */
@NullMarked
package io.github.releasepipeline.jdbc;

import org.jspecify.annotations.NullMarked;
