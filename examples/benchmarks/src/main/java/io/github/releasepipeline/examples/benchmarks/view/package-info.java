/** What the pipeline view costs with a thousand and with a million releases. */
@NullMarked
package io.github.releasepipeline.examples.benchmarks.view;

import org.jspecify.annotations.NullMarked;
