package io.github.releasepipeline.examples.adapter;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.StepLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One folder for each version that was brought in: {@code <kind>/<path>}, with URL-encoded names. */
final class ItemFolders {
    private final Path root;

    ItemFolders(Path root) {
        this.root = root;
    }

    Path path(String folder) {
        return root.resolve(folder);
    }

    boolean exists(String folder) {
        return folder.matches("v[0-9]+") && Files.isDirectory(path(folder));
    }

    /** What is really there, read anew: people may have changed it. */
    Manifest manifest(String folder) {
        if (!exists(folder)) {
            return Manifest.empty();
        }
        try (Stream<Path> found = Files.walk(path(folder))) {
            List<Item> items = new ArrayList<>();
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                items.add(item(path(folder).relativize(file), Files.readAllBytes(file)));
            }
            return new Manifest(items);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Writes a version's items; answers the first that is not what the manifest promises, empty if all are. */
    Optional<String> write(String folder, Artifacts artifacts, StepLog log) {
        try {
            delete(folder); // left by a call that broke off
            for (Item item : artifacts.manifest().items()) {
                byte[] bytes;
                try (InputStream in = artifacts.open(item.id())) {
                    bytes = in.readAllBytes();
                }
                if (!Digest.of(Digest.sha256().digest(bytes)).equals(item.digest())) {
                    return Optional.of(item.id().toString());
                }
                Path file = path(folder)
                        .resolve(item.id().kind())
                        .resolve(encoded(item.id().path()));
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
                log.info(item.id().toString());
            }
            Files.createDirectories(path(folder));
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private void delete(String folder) throws IOException {
        if (!exists(folder)) {
            return;
        }
        try (Stream<Path> found = Files.walk(path(folder))) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Item item(Path file, byte[] bytes) {
        String path = URLDecoder.decode(
                file.subpath(1, file.getNameCount()).toString().replace('\\', '/'), StandardCharsets.UTF_8);
        return new Item(
                new ItemId(file.getName(0).toString(), path),
                Digest.of(Digest.sha256().digest(bytes)));
    }

    /** Any path becomes one that lies below the folder and that every file system can hold. */
    private static String encoded(String path) {
        return Stream.of(path.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8))
                .map(name -> name.matches("\\.+") ? name.replace(".", "%2E") : name)
                .collect(Collectors.joining("/"));
    }

    private static AdapterException unusable(String folder, IOException e) {
        return AdapterException.passing("Folder " + folder + " cannot be used; check its disk and permissions", e);
    }
}
