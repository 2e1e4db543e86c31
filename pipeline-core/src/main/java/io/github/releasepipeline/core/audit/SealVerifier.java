package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.MerkleRoot;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.subject.CanonicalJson;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks seals against the chains, checkpoints against the seals, and anchors against the checkpoints. Keeps the seals of one
 * subject, and for each checkpoint as much as the logarithm of its seals.
 */
final class SealVerifier {
    private final Problems problems;
    private final Map<Long, List<Anchor>> anchors = new HashMap<>();
    private final Map<Long, MerkleRoot> roots = new HashMap<>();
    private final Deque<Seal> ahead = new ArrayDeque<>();
    private long checkpoints;
    private Digest last = ChainHead.empty().hash();

    private record Seal(long length, String hash, long checkpoint) {}

    SealVerifier(Collection<Anchor> anchors, Problems problems) {
        this.problems = problems;
        anchors.forEach(anchor -> this.anchors.merge(anchor.number(), List.of(anchor), SealVerifier::both));
    }

    private static List<Anchor> both(List<Anchor> some, List<Anchor> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    void seal(String subject, long length, String hash, long checkpoint) {
        if (!ahead.isEmpty() && ahead.getLast().length() >= length) {
            problems.add(subject + " is sealed with " + length + " records after it was with "
                    + ahead.getLast().length());
        }
        ahead.add(new Seal(length, hash, checkpoint));
        ChainHead head;
        try {
            head = new ChainHead(length, new Digest(hash));
        } catch (IllegalArgumentException e) {
            problems.add(subject + " is sealed in checkpoint " + checkpoint + " with a hash that is none");
            return;
        }
        roots.computeIfAbsent(checkpoint, number -> new MerkleRoot()).add(subject, head);
    }

    /** A chain has come as far as this. */
    void reached(String subject, ChainHead head) {
        while (!ahead.isEmpty() && ahead.getFirst().length() <= head.length()) {
            Seal seal = ahead.removeFirst();
            if (seal.length() != head.length()
                    || !seal.hash().equals(head.hash().hex())) {
                problems.add(subject + " record " + seal.length() + " is not the one that checkpoint "
                        + seal.checkpoint() + " has sealed");
            }
        }
    }

    /** A chain has ended. */
    void end(String subject) {
        ahead.forEach(seal -> problems.add(subject + " was cut off: checkpoint " + seal.checkpoint() + " has sealed "
                + seal.length() + " records of it"));
        ahead.clear();
    }

    void checkpoint(long number, String canonical, String hash) {
        checkpoints++;
        String place = "Checkpoint " + number;
        if (number != checkpoints) {
            problems.add(place + " stands where checkpoint " + checkpoints + " belongs");
        }
        Digest digest = Digest.of(canonical);
        if (!digest.hex().equals(hash)) {
            problems.add(place + " was altered: its text does not have the hash it is stored with");
        }
        MerkleRoot heads = roots.remove(number);
        MerkleRoot sealed = heads == null ? new MerkleRoot() : heads;
        if (!canonical.startsWith("{\"number\":" + number + ",") || !canonical.endsWith(end(sealed, last))) {
            problems.add(place + " does not follow the one before it, or is not over the seals that are there");
        }
        List<Anchor> known = anchors.remove(number);
        if (known != null) {
            known.stream().filter(anchor -> !anchor.hash().equals(digest.hex())).forEach(this::foreign);
        }
        last = digest;
    }

    private static String end(MerkleRoot sealed, Digest previous) {
        return ",\"heads\":" + sealed.leaves() + ",\"root\":" + CanonicalJson.write(sealed.root()) + ",\"previous\":"
                + CanonicalJson.write(previous) + "}";
    }

    /** Everything has come by. */
    void end() {
        roots.keySet().stream()
                .sorted()
                .forEach(number -> problems.add("Checkpoint " + number + " is gone; its seals are there"));
        anchors.values().stream().flatMap(List::stream).forEach(this::foreign);
    }

    private void foreign(Anchor anchor) {
        problems.add("Tag " + anchor.tag() + " anchors a checkpoint " + anchor.number() + " that is not the one here: "
                + anchor.hash());
    }

    long checkpoints() {
        return checkpoints;
    }
}
