/** Checks an exported audit trail against the tags of a Git repository. */
@NullMarked
package io.github.releasepipeline.examples.auditverifier;

import org.jspecify.annotations.NullMarked;
