package io.github.releasepipeline.github;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A commit with its whole tree: path to text. */
record FakeCommit(
        String id, List<String> parents, Map<String, String> tree, String message, String author, Instant date) {
    static FakeCommit of(
            List<String> parents, Map<String, String> tree, String message, String author, Instant date, int salt) {
        return new FakeCommit(
                sha1(parents + "|" + new TreeMap<>(tree) + "|" + message + "|" + author + "|" + date + "|" + salt),
                List.copyOf(parents),
                Map.copyOf(tree),
                message,
                author,
                date);
    }

    static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
