/** A small server that behaves as Gitea does, with a small Git inside. */
@NullMarked
package io.github.releasepipeline.gitea.fake;

import org.jspecify.annotations.NullMarked;
