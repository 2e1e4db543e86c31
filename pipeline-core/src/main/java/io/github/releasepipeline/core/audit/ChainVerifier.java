package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.subject.CanonicalJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks every chain of the audit trail while it streams by; keeps only the end of one chain. */
public final class ChainVerifier implements AuditVisitor {
    private static final int LISTED = 100;

    private final List<String> problems = new ArrayList<>();
    private ChainHead head = ChainHead.empty();
    private long records;
    private long subjects;
    private long found;

    @Override
    public void record(String subject, long sequence, String canonical, String hash) {
        records++;
        String place = subject + " record " + sequence;
        if (sequence != head.length() + 1) {
            problem(place + " stands where record " + (head.length() + 1) + " belongs");
        }
        if (!Digest.of(canonical).hex().equals(hash)) {
            problem(place + " was altered: its text does not have the hash it is stored with");
        }
        if (!canonical.endsWith(",\"previous\":\"" + head.hash().hex() + "\"}")) {
            problem(place + " does not follow the record before it");
        }
        if (!names(canonical, subject, sequence)) {
            problem(place + " holds the text of another record");
        }
        head = new ChainHead(sequence, Digest.of(canonical));
    }

    @Override
    public void end(String subject, Optional<ChainHead> claimed) {
        subjects++;
        ChainHead expected = claimed.orElse(ChainHead.empty());
        if (claimed.isEmpty()) {
            problem(subject + " has records and is gone itself");
        } else if (!expected.equals(head)) {
            problem(subject + " should have " + expected.length() + " records ending in " + expected.hash()
                    + ", but has " + head.length() + " ending in " + head.hash());
        }
        head = ChainHead.empty();
    }

    private static boolean names(String canonical, String subject, long sequence) {
        int place = canonical.indexOf(",\"subject\":");
        String expected = ",\"subject\":" + CanonicalJson.write(subject) + ",\"sequence\":" + sequence + ",";
        return place > 0 && canonical.startsWith(expected, place);
    }

    private void problem(String text) {
        found++;
        if (problems.size() < LISTED) {
            problems.add(text);
        }
    }

    /** How many records were checked. */
    public long records() {
        return records;
    }

    /** How many chains were checked. */
    public long subjects() {
        return subjects;
    }

    /** How many problems were found. */
    public long found() {
        return found;
    }

    /** The first {@value #LISTED} problems. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
