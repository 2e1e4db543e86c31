/** What every recorded thing has in common: an id, events and a stored form. */
@NullMarked
package io.github.releasepipeline.subject;

import org.jspecify.annotations.NullMarked;
