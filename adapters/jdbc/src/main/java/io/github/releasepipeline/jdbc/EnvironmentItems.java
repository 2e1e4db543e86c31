package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.Manifest;
import java.util.List;

/**
 * One complete set of items with their bytes. It stays the same whatever is activated later, so that an execution which
 * began with it can end with it; sets that are neither active, nor were active just before, nor were the last canary since, nor
 * are kept in a backup are deleted.
 */
public final class EnvironmentItems {
    private final Database database;
    private final String set;
    private final String version;

    EnvironmentItems(Database database, String set, String version) {
        this.database = database;
        this.set = set;
        this.version = version;
    }

    /** The number of the version these items belong to, as its tag has it. */
    public String version() {
        return version;
    }

    /**
     * All items.
     *
     * @throws NotFoundException if these items were deleted meanwhile
     */
    public Manifest manifest() {
        return database.read(sql -> {
            Manifest manifest = new Manifest(ItemSets.items(sql, set));
            // Looked for last: what was there then was there before.
            return ItemSets.find(sql, set)
                    .map(found -> manifest)
                    .orElseThrow(() -> new NotFoundException("set of items", set));
        });
    }

    /** The items of one kind. */
    public List<Item> ofKind(String kind) {
        return manifest().items().stream()
                .filter(item -> item.id().kind().equals(kind))
                .toList();
    }

    /**
     * The bytes of one item.
     *
     * @param path its path
     * @throws NotFoundException if there is no item at this path
     */
    public byte[] read(String path) {
        return database.read(sql -> Blobs.read(sql, set, path)).orElseThrow(() -> new NotFoundException("item", path));
    }
}
