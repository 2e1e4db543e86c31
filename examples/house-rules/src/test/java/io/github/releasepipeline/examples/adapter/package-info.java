/** The environment that docs/write-an-adapter.md writes, with its tests. */
@NullMarked
package io.github.releasepipeline.examples.adapter;

import org.jspecify.annotations.NullMarked;
