package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.item.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Bytes by their digests, each kept once. */
final class Blobs {
    /** So much is held in memory at once, unless a single item is larger. */
    static final long CHUNK = 8L * 1024 * 1024;

    private Blobs() {}

    private record Size(String digest, long bytes) {}

    /** Of these digests, those whose bytes are here and undamaged. */
    static Set<String> sound(Database database, List<String> digests) {
        Set<String> sound = new HashSet<>();
        for (List<String> part : Lists.parts(digests)) {
            for (List<String> chunk : chunks(database.read(sql -> sizes(sql, part)))) {
                database.read(sql -> sql.list(
                                "select digest, content from release_pipeline_target_blob where digest in ("
                                        + Lists.placeholders(chunk) + ")",
                                Lists.values(chunk),
                                row -> digest(row.getBytes(2)).equals(row.getString(1)) ? row.getString(1) : ""))
                        .forEach(sound::add);
            }
        }
        return sound;
    }

    /** Keeps bytes; damaged ones are replaced. */
    static void keep(Sql sql, Map<String, byte[]> contents) {
        long now = Micros.of(Instant.now());
        List<Row> rows = contents.entrySet().stream()
                .map(entry -> Row.of("digest", entry.getKey())
                        .and("size", (long) entry.getValue().length)
                        .and("stored_at", now)
                        .and("content", entry.getValue()))
                .toList();
        sql.batch(
                "the items",
                "insert into release_pipeline_target_blob (digest, size, stored_at, content)"
                        + " values (:digest, :size, :stored_at, :content) on conflict (digest) do update"
                        + " set size = excluded.size, stored_at = excluded.stored_at, content = excluded.content",
                rows);
    }

    static Optional<byte[]> read(Sql sql, String set, String path) {
        return sql.first(
                "select b.content from release_pipeline_target_item i join release_pipeline_target_blob b"
                        + " on b.digest = i.digest where i.item_set = :set and i.path_key = :path",
                Row.of("set", set).and("path", Escaped.key(path)),
                row -> row.getBytes(1));
    }

    static String digest(byte[] bytes) {
        return Digest.of(Digest.sha256().digest(bytes)).hex();
    }

    private static List<Size> sizes(Sql sql, List<String> digests) {
        return sql.list(
                "select digest, size from release_pipeline_target_blob where digest in (" + Lists.placeholders(digests)
                        + ")",
                Lists.values(digests),
                row -> new Size(row.getString(1), row.getLong(2)));
    }

    private static List<List<String>> chunks(List<Size> sizes) {
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        long bytes = 0;
        for (Size size : sizes) {
            if (!chunk.isEmpty() && bytes + size.bytes() > CHUNK) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(size.digest());
            bytes += size.bytes();
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
