/** Releases: one version going into one environment, with its plan, approvals, attempts, steps and logs. */
@NullMarked
package io.github.releasepipeline.release;

import org.jspecify.annotations.NullMarked;
