@NullMarked
package io.github.releasepipeline.jgit;

import org.jspecify.annotations.NullMarked;
