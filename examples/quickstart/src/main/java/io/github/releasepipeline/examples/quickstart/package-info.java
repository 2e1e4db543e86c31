/** The quickstart: a whole release from pull requests to rollback, and a look at any Git repository. */
@NullMarked
package io.github.releasepipeline.examples.quickstart;

import org.jspecify.annotations.NullMarked;
