@NullMarked
package io.github.releasepipeline.http.hook;

import org.jspecify.annotations.NullMarked;
