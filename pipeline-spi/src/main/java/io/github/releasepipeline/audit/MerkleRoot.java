package io.github.releasepipeline.audit;

import io.github.releasepipeline.item.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The root of a Merkle tree over the heads of chains, computed while they come, in memory that grows with the logarithm of
 * their number. The tree is that of RFC 6962, section 2.1: SHA-256, 0x00 before a leaf and 0x01 before two nodes, the left
 * subtree of {@code n} leaves has the greatest power of two below {@code n}. A leaf is the UTF-8 text
 * {@code length hash subject}, with single spaces. Used by one thread.
 */
public final class MerkleRoot {
    private final MessageDigest sha256 = Digest.sha256();
    /** Roots of complete subtrees, the largest first: one for each bit that is set in the number of leaves. */
    private final Deque<byte[]> complete = new ArrayDeque<>();

    private long leaves;

    /** Of no leaves yet. */
    public MerkleRoot() {}

    /**
     * The next leaf.
     *
     * @param subject reference of the subject whose chain it is
     */
    public void add(String subject, ChainHead head) {
        String leaf = head.length() + " " + head.hash().hex() + " " + subject;
        sha256.update((byte) 0);
        byte[] node = sha256.digest(leaf.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < Long.numberOfTrailingZeros(~leaves); i++) {
            node = over(complete.removeLast(), node);
        }
        complete.addLast(node);
        leaves++;
    }

    /** How many leaves were added. */
    public long leaves() {
        return leaves;
    }

    /** The root over all leaves so far; the SHA-256 of nothing if there is none. */
    public Digest root() {
        if (complete.isEmpty()) {
            return Digest.of("");
        }
        Deque<byte[]> rest = new ArrayDeque<>(complete);
        byte[] right = rest.removeLast();
        while (!rest.isEmpty()) {
            right = over(rest.removeLast(), right);
        }
        return Digest.of(right);
    }

    private byte[] over(byte[] left, byte[] right) {
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }
}
