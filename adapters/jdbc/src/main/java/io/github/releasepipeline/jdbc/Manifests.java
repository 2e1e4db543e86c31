package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests by their digests. A manifest is cut into chunks of lines at places that depend on single paths only, and each
 * chunk is kept once: a version that changes five of a hundred thousand items adds some five chunks.
 */
final class Manifests {
    private static final int MEAN_LINES = 256;
    private static final int MAX_LINES = 4 * MEAN_LINES;

    private Manifests() {}

    static void keep(Sql sql, String pipeline, Manifest manifest) {
        Digest digest = manifest.digest();
        if (sql.first(
                        "select 1 from release_pipeline_manifest where pipeline = :pipeline and digest = :digest",
                        key(pipeline, digest),
                        row -> true)
                .isPresent()) {
            return;
        }
        Map<String, String> chunks = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        for (String lines : cut(manifest.items())) {
            String name = Digest.of(lines).hex();
            chunks.put(name, lines);
            order.add(name);
        }
        keepMissing(sql, pipeline, chunks);
        sql.update(
                digest.toString(),
                "insert into release_pipeline_manifest (pipeline, digest, items, chunks)"
                        + " values (:pipeline, :digest, :items, :chunks) on conflict do nothing",
                key(pipeline, digest).and("items", manifest.items().size()).and("chunks", String.join(" ", order)));
    }

    static Optional<Manifest> find(Sql sql, String pipeline, Digest digest) {
        return sql.first(
                        "select chunks from release_pipeline_manifest where pipeline = :pipeline and digest = :digest",
                        key(pipeline, digest),
                        row -> row.getString(1))
                .map(chunks -> read(sql, pipeline, digest, chunks.isEmpty() ? List.of() : List.of(chunks.split(" "))));
    }

    private static Manifest read(Sql sql, String pipeline, Digest digest, List<String> order) {
        Map<String, byte[]> chunks = new HashMap<>();
        for (List<String> names : Lists.parts(order)) {
            sql.each(
                    "select digest, lines from release_pipeline_manifest_chunk where pipeline = :pipeline and digest in ("
                            + Lists.placeholders(names) + ")",
                    Lists.values(names).and("pipeline", pipeline),
                    row -> chunks.put(row.getString(1), row.getBytes(2)));
        }
        List<Item> items = new ArrayList<>();
        for (String name : order) {
            byte[] lines = chunks.get(name);
            if (lines == null) {
                throw AdapterException.lasting("A part of the manifest " + digest + " is missing", null);
            }
            Packed.unpack("The manifest " + digest, lines).lines().forEach(line -> items.add(item(line)));
        }
        Manifest manifest = new Manifest(items);
        if (!manifest.digest().equals(digest)) {
            throw AdapterException.lasting("The manifest stored as " + digest + " has another content", null);
        }
        return manifest;
    }

    private static void keepMissing(Sql sql, String pipeline, Map<String, String> chunks) {
        for (List<String> names : Lists.parts(List.copyOf(chunks.keySet()))) {
            sql.list(
                            "select digest from release_pipeline_manifest_chunk where pipeline = :pipeline and digest in ("
                                    + Lists.placeholders(names) + ")",
                            Lists.values(names).and("pipeline", pipeline),
                            row -> row.getString(1))
                    .forEach(chunks::remove);
        }
        List<Row> rows = chunks.entrySet().stream()
                .map(chunk -> Row.of("pipeline", pipeline)
                        .and("digest", chunk.getKey())
                        .and("lines", Packed.pack(chunk.getValue())))
                .toList();
        sql.batch(
                "the manifest",
                "insert into release_pipeline_manifest_chunk (pipeline, digest, lines) values (:pipeline, :digest, :lines)"
                        + " on conflict do nothing",
                rows);
    }

    private static List<String> cut(List<Item> items) {
        List<String> chunks = new ArrayList<>();
        StringBuilder lines = new StringBuilder();
        int count = 0;
        for (Item item : items) {
            lines.append(item.digest().hex())
                    .append('\t')
                    .append(Escaped.text(item.id().kind()))
                    .append('\t')
                    .append(Escaped.text(item.id().path()))
                    .append('\n');
            count++;
            if (count == MAX_LINES || endsChunk(item.id().path())) {
                chunks.add(lines.toString());
                lines.setLength(0);
                count = 0;
            }
        }
        if (count > 0) {
            chunks.add(lines.toString());
        }
        return chunks;
    }

    /** Spreads the bits of the hash, of which neighbouring paths share many. */
    private static boolean endsChunk(String path) {
        int hash = path.hashCode() * 0x9E3779B9;
        return (hash >>> 16) % MEAN_LINES == 0;
    }

    private static Item item(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 3) {
            throw AdapterException.lasting("A line of a stored manifest has not three parts", null);
        }
        return new Item(new ItemId(Escaped.read(parts[1]), Escaped.read(parts[2])), new Digest(parts[0]));
    }

    private static Row key(String pipeline, Digest digest) {
        return Row.of("pipeline", pipeline).and("digest", digest.hex());
    }
}
