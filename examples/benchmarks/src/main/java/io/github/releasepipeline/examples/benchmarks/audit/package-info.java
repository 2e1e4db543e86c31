/** What the chains of the audit trail cost, and how fast an export is checked. */
@NullMarked
package io.github.releasepipeline.examples.benchmarks.audit;

import org.jspecify.annotations.NullMarked;
