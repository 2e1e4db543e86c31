/** Several nodes on a real PostgreSQL, killed, stopped and cut off while releases flow. */
@NullMarked
package io.github.releasepipeline.examples.crashtest;

import org.jspecify.annotations.NullMarked;
