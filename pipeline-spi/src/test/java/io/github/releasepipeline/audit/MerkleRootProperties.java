package io.github.releasepipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class MerkleRootProperties {
    @Property(tries = 70)
    void the_root_is_that_of_rfc_6962(@ForAll @IntRange(max = 70) int leaves) {
        List<byte[]> entries = new ArrayList<>();
        MerkleRoot root = new MerkleRoot();
        for (int i = 0; i < leaves; i++) {
            Digest hash = Digest.of("record " + i);
            root.add("release:r" + i, new ChainHead(i + 1, hash));
            entries.add((i + 1 + " " + hash.hex() + " release:r" + i).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(root.leaves()).isEqualTo(leaves);
        assertThat(root.root()).isEqualTo(Digest.of(hash(entries))).isEqualTo(root.root());
    }

    /** MTH of RFC 6962, section 2.1, word by word. */
    private static byte[] hash(List<byte[]> entries) {
        MessageDigest sha256 = Digest.sha256();
        if (entries.isEmpty()) {
            return sha256.digest();
        }
        if (entries.size() == 1) {
            sha256.update((byte) 0);
            return sha256.digest(entries.get(0));
        }
        int k = Integer.highestOneBit(entries.size() - 1);
        byte[] left = hash(entries.subList(0, k));
        byte[] right = hash(entries.subList(k, entries.size()));
        sha256.update((byte) 1);
        sha256.update(left);
        return sha256.digest(right);
    }

    @Example
    void the_order_of_leaves_counts() {
        MerkleRoot one = new MerkleRoot();
        MerkleRoot other = new MerkleRoot();
        one.add("a", ChainHead.empty());
        one.add("b", ChainHead.empty());
        other.add("b", ChainHead.empty());
        other.add("a", ChainHead.empty());

        assertThat(one.root()).isNotEqualTo(other.root());
    }
}
