/** The rules that keep the house in shape, and the proof that each of them can be broken. */
@NullMarked
package io.github.releasepipeline.examples.house;

import org.jspecify.annotations.NullMarked;
