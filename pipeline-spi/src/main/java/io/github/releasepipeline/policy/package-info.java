/** What environments demand: tiers, approvals, order. */
@NullMarked
package io.github.releasepipeline.policy;

import org.jspecify.annotations.NullMarked;
