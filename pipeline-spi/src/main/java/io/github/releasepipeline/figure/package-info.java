/** What figures are made of: one fact for each thing that counts, kept beside what it is a fact of. */
@NullMarked
package io.github.releasepipeline.figure;

import org.jspecify.annotations.NullMarked;
