package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sets of items. A set is written once, has one place that points at it, and is deleted when nothing does. */
final class ItemSets {
    private static final String INSERT_SET =
            "insert into release_pipeline_target_set (id, manifest, version, items, created_at) ";

    private ItemSets() {}

    /**
     * A set as it was meant to be.
     *
     * @param id its id
     * @param manifest digest of the items it was made of
     * @param version whose items they are
     */
    record ItemSet(String id, Digest manifest, String version) {}

    static Optional<ItemSet> find(Sql sql, String id) {
        return sql.first(
                "select id, manifest, version from release_pipeline_target_set where id = :id",
                Row.of("id", id),
                row -> new ItemSet(row.getString(1), new Digest(row.getString(2)), row.getString(3)));
    }

    static String create(Sql sql, Manifest manifest, String version) {
        String id = UUID.randomUUID().toString();
        sql.update(
                "the items",
                INSERT_SET + "values (:id, :manifest, :version, :items, :created_at)",
                Row.of("id", id)
                        .and("manifest", manifest.digest().hex())
                        .and("version", version)
                        .and("items", manifest.items().size())
                        .and("created_at", Micros.of(Instant.now())));
        for (List<Item> part : Lists.parts(manifest.items())) {
            sql.batch(
                    "the items",
                    "insert into release_pipeline_target_item (item_set, path_key, path, kind, digest)"
                            + " values (:set, :key, :path, :kind, :digest)",
                    part.stream().map(item -> row(id, item)).toList());
        }
        return id;
    }

    /** Another set of the same items. */
    static String copy(Sql sql, String original) {
        String id = UUID.randomUUID().toString();
        Row values = Row.of("id", id).and("original", original).and("created_at", Micros.of(Instant.now()));
        sql.update(
                "the items",
                INSERT_SET + "select :id, manifest, version, items, :created_at from release_pipeline_target_set"
                        + " where id = :original",
                values);
        sql.update(
                "the items",
                "insert into release_pipeline_target_item (item_set, path_key, path, kind, digest)"
                        + " select :id, path_key, path, kind, digest from release_pipeline_target_item"
                        + " where item_set = :original",
                values);
        return id;
    }

    static void delete(Sql sql, String id) {
        Row values = Row.of("id", id);
        sql.update("the items", "delete from release_pipeline_target_item where item_set = :id", values);
        sql.update("the items", "delete from release_pipeline_target_set where id = :id", values);
    }

    static List<Item> items(Sql sql, String id) {
        return sql.list(
                "select path, kind, digest from release_pipeline_target_item where item_set = :id",
                Row.of("id", id),
                ItemSets::item);
    }

    /** The item of a row that begins with path, kind and digest. */
    static Item item(ResultSet row) throws SQLException {
        return new Item(
                new ItemId(Escaped.read(row.getString(2)), Escaped.read(row.getString(1))),
                new Digest(row.getString(3)));
    }

    private static Row row(String set, Item item) {
        return Row.of("set", set)
                .and("key", Escaped.key(item.id().path()))
                .and("path", Escaped.text(item.id().path()))
                .and("kind", Escaped.text(item.id().kind()))
                .and("digest", item.digest().hex());
    }
}
