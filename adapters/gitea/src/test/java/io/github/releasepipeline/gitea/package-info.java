/** Tests of the adapter against a small server, whose every exchange is checked against the vendor's description. */
@NullMarked
package io.github.releasepipeline.gitea;

import org.jspecify.annotations.NullMarked;
