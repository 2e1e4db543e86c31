/**
 * Contract tests: one abstract class for every port. An adapter's test extends it and says how to arrange things in the
 * system behind the port; the facts are inherited.
 */
@NullMarked
package io.github.releasepipeline.tck;

import org.jspecify.annotations.NullMarked;
