package io.github.releasepipeline.jgit;

import io.github.releasepipeline.item.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * SHA-256 digests of blobs. Git's own ids are SHA-1, so each blob is read once; then its digest is remembered, up to a
 * limit, because neighbouring commits share nearly all of their blobs.
 */
final class BlobDigests {
    /** About 30 MB when full: the manifest of 100,000 files and a few neighbours. */
    private static final int REMEMBERED = 1 << 17;

    private static final int WORTH_A_THREAD = 512;
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private final OpenRepository repository;
    private final Map<ObjectId, Digest> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ObjectId, Digest> eldest) {
            return size() > REMEMBERED;
        }
    };

    BlobDigests(OpenRepository repository) {
        this.repository = repository;
    }

    /** The digest of each blob. */
    Map<ObjectId, Digest> of(Collection<ObjectId> blobs) throws IOException {
        Map<ObjectId, Digest> digests = new HashMap<>(blobs.size() * 2);
        Set<ObjectId> unknown = new LinkedHashSet<>();
        synchronized (remembered) {
            for (ObjectId blob : blobs) {
                Digest digest = remembered.get(blob);
                if (digest == null) {
                    unknown.add(blob);
                } else {
                    digests.put(blob, digest);
                }
            }
        }
        Map<ObjectId, Digest> computed = compute(List.copyOf(unknown));
        synchronized (remembered) {
            remembered.putAll(computed);
        }
        digests.putAll(computed);
        return digests;
    }

    private Map<ObjectId, Digest> compute(List<ObjectId> blobs) throws IOException {
        int parts = Math.min(THREADS, blobs.size() / WORTH_A_THREAD);
        if (parts < 2) {
            return computeHere(blobs);
        }
        ExecutorService threads = Executors.newFixedThreadPool(parts, BlobDigests::newThread);
        try {
            List<Future<Map<ObjectId, Digest>>> running = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                // Neighbours in a tree are neighbours in a pack, so each thread takes one run of them.
                List<ObjectId> run = blobs.subList(blobs.size() * part / parts, blobs.size() * (part + 1) / parts);
                running.add(threads.submit(() -> computeHere(run)));
            }
            Map<ObjectId, Digest> all = new HashMap<>(blobs.size() * 2);
            for (Future<Map<ObjectId, Digest>> part : running) {
                all.putAll(result(part));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<ObjectId, Digest> computeHere(List<ObjectId> blobs) throws IOException {
        Map<ObjectId, Digest> digests = new HashMap<>(blobs.size() * 2);
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[1 << 14];
        try (ObjectReader reader = repository.reader()) {
            for (ObjectId blob : blobs) {
                ObjectLoader loader = reader.open(blob, Constants.OBJ_BLOB);
                if (loader.isLarge()) {
                    try (InputStream in = loader.openStream()) {
                        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                            sha256.update(buffer, 0, n);
                        }
                    }
                } else {
                    sha256.update(loader.getCachedBytes());
                }
                digests.put(blob, Digest.of(sha256.digest()));
            }
        }
        return digests;
    }

    private static Map<ObjectId, Digest> result(Future<Map<ObjectId, Digest>> part) throws IOException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new IOException("A thread that reads blobs died", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while blobs were read", e);
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "release-pipeline-git-digest");
        thread.setDaemon(true);
        return thread;
    }
}
