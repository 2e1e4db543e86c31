/** Receiving web hooks: for hosts of any web framework, and as a servlet. */
@NullMarked
package io.github.releasepipeline.http.hook;

import org.jspecify.annotations.NullMarked;
