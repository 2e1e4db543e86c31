package io.github.releasepipeline.audit;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.subject.CanonicalJson;
import java.time.Instant;
import java.util.Optional;

/**
 * A seal on the audit trail: whoever knows the hash of one can tell whether anything before it was altered, removed, inserted
 * or cut off since. It covers every chain that has grown since the checkpoint before, and through that one all others.
 *
 * @param number from 1, without gaps
 * @param at when it was made
 * @param heads how many chains had grown
 * @param root {@link MerkleRoot} over the heads of these chains, in the order of their subjects' references
 * @param previous hash of the checkpoint before it, 64 zeros for the first
 * @param canonical the text that was hashed: canonical JSON of all of the above
 * @param hash SHA-256 over the UTF-8 bytes of {@code canonical}
 */
public record Checkpoint(
        long number, Instant at, long heads, Digest root, Digest previous, String canonical, Digest hash) {
    /** Name of the trailer in the message of a version's tag that anchors a checkpoint. */
    public static final String TRAILER = "Audit-Checkpoint";

    /** Makes the checkpoint after another one. */
    public static Checkpoint next(Optional<Checkpoint> before, Instant at, MerkleRoot heads) {
        long number = before.map(Checkpoint::number).orElse(0L) + 1;
        Digest previous = before.map(Checkpoint::hash).orElse(ChainHead.empty().hash());
        String canonical = CanonicalJson.write(new Canonical(number, at, heads.leaves(), heads.root(), previous));
        return new Checkpoint(number, at, heads.leaves(), heads.root(), previous, canonical, Digest.of(canonical));
    }

    /** The line that anchors it in the message of a tag. */
    public String trailer() {
        return TRAILER + ": " + number + " " + hash.hex();
    }

    /** The order and names of the hashed fields. */
    private record Canonical(long number, Instant at, long heads, Digest root, Digest previous) {}
}
