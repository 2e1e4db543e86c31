/** What automatic change-set rules do with a merge, from the change set to the last environment. */
@NullMarked
package io.github.releasepipeline.automation;

import org.jspecify.annotations.NullMarked;
