/** Who runs which release: the threads of one process, or many nodes that share the work. */
@NullMarked
package io.github.releasepipeline.work;

import org.jspecify.annotations.NullMarked;
