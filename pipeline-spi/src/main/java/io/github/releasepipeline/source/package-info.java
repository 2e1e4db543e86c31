/** Source control: pull requests as a provider reports them, and the Git repository they live in. */
@NullMarked
package io.github.releasepipeline.source;

import org.jspecify.annotations.NullMarked;
