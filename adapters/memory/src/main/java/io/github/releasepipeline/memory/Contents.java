package io.github.releasepipeline.memory;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.target.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Items with their bytes. Immutable.
 *
 * @param manifest the items
 * @param bytes their bytes
 */
record Contents(Manifest manifest, Map<Item, byte[]> bytes) {
    static final Contents EMPTY = new Contents(Manifest.empty(), Map.of());

    /**
     * Reads a version's items, except for bytes that are already here.
     *
     * @throws DamagedException if bytes are not those of the manifest
     */
    static Contents read(Artifacts artifacts, Contents here) throws DamagedException {
        Map<Item, byte[]> bytes = new HashMap<>();
        for (Item item : artifacts.manifest().items()) {
            byte[] known = here.bytes.get(item);
            bytes.put(item, known == null ? read(artifacts, item) : known);
        }
        return new Contents(artifacts.manifest(), bytes);
    }

    private static byte[] read(Artifacts artifacts, Item item) throws DamagedException {
        byte[] bytes;
        try (InputStream in = artifacts.open(item.id())) {
            bytes = in.readAllBytes();
        } catch (IOException e) {
            throw AdapterException.passing("The bytes of " + item.id() + " could not be read; try again", e);
        }
        if (!digest(bytes).equals(item.digest())) {
            throw new DamagedException(item);
        }
        return bytes;
    }

    /** The same items, but for one. */
    Contents with(ItemId id, byte[] content) {
        return changed(id.path(), Optional.of(new Item(id, digest(content))), content);
    }

    /** The same items without one. */
    Contents without(ItemId id) {
        return changed(id.path(), Optional.empty(), new byte[0]);
    }

    private Contents changed(String path, Optional<Item> item, byte[] content) {
        Map<String, Item> items = manifest.byPath();
        Map<Item, byte[]> changed = new HashMap<>(bytes);
        Optional.ofNullable(items.remove(path)).ifPresent(changed::remove);
        item.ifPresent(added -> {
            items.put(path, added);
            changed.put(added, content.clone());
        });
        return new Contents(new Manifest(items.values().stream().toList()), changed);
    }

    Optional<byte[]> of(ItemId id) {
        return Optional.ofNullable(manifest.byPath().get(id.path()))
                .filter(item -> item.id().equals(id))
                .map(item -> bytes.getOrDefault(item, new byte[0]).clone());
    }

    private static Digest digest(byte[] bytes) {
        return Digest.of(Digest.sha256().digest(bytes));
    }

    /** The bytes of an item are not those that its digest promises. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Item item;

        DamagedException(Item item) {
            super(item.toString());
            this.item = item;
        }

        Item item() {
            return item;
        }
    }
}
