/**
 * What adapters of HTTP services share: one careful client, and receiving web hooks.
 *
 * <p>For authors of adapters. The client hands out Jackson's tree, so its types must not show in an adapter's own API.
 */
@NullMarked
package io.github.releasepipeline.http;

import org.jspecify.annotations.NullMarked;
