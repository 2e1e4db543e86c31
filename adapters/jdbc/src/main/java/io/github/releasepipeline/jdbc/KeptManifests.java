package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The manifests that were read last: what is kept under a digest never changes, and a release looks at the same one again and
 * again. Bounded by the number of items in all of them. Thread-safe.
 */
final class KeptManifests {
    private static final int MOST_ITEMS = 50_000;

    private final Map<Digest, Manifest> manifests = new LinkedHashMap<>(16, 0.75f, true);
    private int items;

    synchronized Optional<Manifest> find(Digest digest) {
        return Optional.ofNullable(manifests.get(digest));
    }

    /** One that is too large to be kept is not. */
    synchronized void keep(Manifest manifest) {
        if (weight(manifest) > MOST_ITEMS || manifests.putIfAbsent(manifest.digest(), manifest) != null) {
            return;
        }
        items += weight(manifest);
        while (items > MOST_ITEMS) {
            Manifest eldest = manifests.values().iterator().next();
            manifests.remove(eldest.digest());
            items -= weight(eldest);
        }
    }

    /** An empty one takes room too. */
    private static int weight(Manifest manifest) {
        return 1 + manifest.items().size();
    }
}
