/** Runs releases: plans them, gives them their environment's slot, drives their steps. */
@NullMarked
package io.github.releasepipeline.core.deployment;

import org.jspecify.annotations.NullMarked;
