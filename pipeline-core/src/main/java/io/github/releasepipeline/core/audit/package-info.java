/** Verifies the audit trail. */
@NullMarked
package io.github.releasepipeline.core.audit;

import org.jspecify.annotations.NullMarked;
