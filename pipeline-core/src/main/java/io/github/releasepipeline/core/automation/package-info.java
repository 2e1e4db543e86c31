/** Which rule takes up a merge, and the moves of what it does with it. */
@NullMarked
package io.github.releasepipeline.core.automation;

import org.jspecify.annotations.NullMarked;
