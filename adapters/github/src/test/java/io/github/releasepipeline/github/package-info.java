@NullMarked
package io.github.releasepipeline.github;

import org.jspecify.annotations.NullMarked;
