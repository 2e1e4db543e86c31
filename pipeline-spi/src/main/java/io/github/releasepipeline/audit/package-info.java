/** The audit trail: one record for each transition, chained by hashes. */
@NullMarked
package io.github.releasepipeline.audit;

import org.jspecify.annotations.NullMarked;
