package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.target.Artifacts;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings the bytes of a version in, as far as they are not here and sound already. Bytes that nothing points at do no harm,
 * so this needs no transaction around the reading of a foreign repository.
 */
final class ItemIntake {
    /** The largest item. */
    static final int MAX_ITEM = 50 * 1024 * 1024;

    private static final int MAX_WAITING = 200;

    private final Database database;
    private final Map<String, byte[]> waiting = new LinkedHashMap<>();
    private long waitingBytes;

    ItemIntake(Database database) {
        this.database = database;
    }

    /** What is wrong with the version, if anything is. */
    Optional<String> bringIn(Artifacts artifacts) {
        Map<String, Item> wanted = new LinkedHashMap<>();
        artifacts
                .manifest()
                .items()
                .forEach(item -> wanted.putIfAbsent(item.digest().hex(), item));
        Set<String> sound = Blobs.sound(database, List.copyOf(wanted.keySet()));
        for (Item item : wanted.values()) {
            if (!sound.contains(item.digest().hex())) {
                byte[] bytes = read(artifacts, item);
                if (bytes.length > MAX_ITEM) {
                    return Optional.of(item.id() + " is larger than the " + MAX_ITEM / (1024 * 1024)
                            + " MB that an item may have here");
                }
                if (!Blobs.digest(bytes).equals(item.digest().hex())) {
                    return Optional.of("The bytes of " + item.id() + " do not have the digest of the manifest");
                }
                add(item.digest().hex(), bytes);
            }
        }
        flush();
        return Optional.empty();
    }

    private static byte[] read(Artifacts artifacts, Item item) {
        try (InputStream in = artifacts.open(item.id())) {
            return in.readNBytes(MAX_ITEM + 1);
        } catch (IOException e) {
            throw AdapterException.passing("The bytes of " + item.id() + " could not be read", e);
        }
    }

    private void add(String digest, byte[] bytes) {
        waiting.put(digest, bytes);
        waitingBytes += bytes.length;
        if (waiting.size() >= MAX_WAITING || waitingBytes >= Blobs.CHUNK) {
            flush();
        }
    }

    private void flush() {
        if (!waiting.isEmpty()) {
            database.transact(sql -> {
                Blobs.keep(sql, waiting);
                return true;
            });
            waiting.clear();
            waitingBytes = 0;
        }
    }
}
