package io.github.releasepipeline.memory;

import io.github.releasepipeline.item.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a file; equal to another blob with the same digest. */
final class Blob {
    private final byte[] bytes;
    private final Digest digest;

    Blob(byte[] bytes) {
        this.bytes = bytes.clone();
        this.digest = Digest.of(Digest.sha256().digest(bytes));
    }

    Digest digest() {
        return digest;
    }

    InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    /** How much two texts have in common, line by line: 0 for nothing, 1 for all. */
    double similarity(Blob other) {
        if (digest.equals(other.digest)) {
            return 1;
        }
        List<String> mine = lines();
        List<String> theirs = new ArrayList<>(other.lines());
        int all = mine.size() + theirs.size();
        long common = mine.stream().filter(theirs::remove).count();
        return all == 0 ? 0 : 2.0 * common / all;
    }

    private List<String> lines() {
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Blob blob && digest.equals(blob.digest);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }
}
