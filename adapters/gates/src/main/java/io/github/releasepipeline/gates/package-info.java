/** Quality gates that most pipelines want: valid items, green checks, a soak time, a command, an HTTP check. */
@NullMarked
package io.github.releasepipeline.gates;

import org.jspecify.annotations.NullMarked;
