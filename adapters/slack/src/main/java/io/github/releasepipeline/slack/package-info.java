/** Tells people of releases in Slack, and asks them there. */
@NullMarked
package io.github.releasepipeline.slack;

import org.jspecify.annotations.NullMarked;
