/** A program that shows the open pull requests of a repository on a forge. */
@NullMarked
package io.github.releasepipeline.examples.forgetable;

import org.jspecify.annotations.NullMarked;
