@NullMarked
package io.github.releasepipeline.http;

import org.jspecify.annotations.NullMarked;
