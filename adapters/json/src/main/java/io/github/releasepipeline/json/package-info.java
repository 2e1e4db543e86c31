/** The wire form: reads back what {@link io.github.releasepipeline.subject.CanonicalJson} writes. */
@NullMarked
package io.github.releasepipeline.json;

import org.jspecify.annotations.NullMarked;
