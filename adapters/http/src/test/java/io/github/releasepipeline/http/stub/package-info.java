/** A stub server for tests of HTTP adapters, and the check of its exchanges against the vendor's description. */
@NullMarked
package io.github.releasepipeline.http.stub;

import org.jspecify.annotations.NullMarked;
