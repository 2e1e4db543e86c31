package io.github.releasepipeline.core.audit;

import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.subject.CanonicalJson;
import java.util.Collection;
import java.util.Optional;

/** Checks every chain of the audit trail and its seals while they stream by; keeps only the end of one chain. */
public final class ChainVerifier implements AuditVisitor {
    private final Problems problems = new Problems();
    private final SealVerifier seals;
    private final int anchors;
    private Optional<String> open = Optional.empty();
    private ChainHead head = ChainHead.empty();
    private long records;
    private long subjects;

    /** @param anchors the checkpoints that tags remember */
    public ChainVerifier(Collection<Anchor> anchors) {
        this.anchors = anchors.size();
        this.seals = new SealVerifier(anchors, problems);
    }

    @Override
    public void seal(String subject, long length, String hash, long checkpoint) {
        goOn(subject);
        seals.seal(subject, length, hash, checkpoint);
    }

    @Override
    public void record(String subject, long sequence, String canonical, String hash) {
        goOn(subject);
        records++;
        String place = subject + " record " + sequence;
        if (sequence != head.length() + 1) {
            problems.add(place + " stands where record " + (head.length() + 1) + " belongs");
        }
        Digest digest = Digest.of(canonical);
        if (!digest.hex().equals(hash)) {
            problems.add(place + " was altered: its text does not have the hash it is stored with");
        }
        if (!canonical.endsWith(",\"previous\":\"" + head.hash().hex() + "\"}")) {
            problems.add(place + " does not follow the record before it");
        }
        if (!names(canonical, subject, sequence)) {
            problems.add(place + " holds the text of another record");
        }
        head = new ChainHead(sequence, digest);
        seals.reached(subject, head);
    }

    @Override
    public void end(String subject, Optional<ChainHead> claimed) {
        goOn(subject);
        open = Optional.empty();
        subjects++;
        ChainHead expected = claimed.orElse(ChainHead.empty());
        if (claimed.isEmpty()) {
            problems.add(subject + " has records and is gone itself");
        } else if (!expected.equals(head)) {
            problems.add(subject + " should have " + expected.length() + " records ending in " + expected.hash()
                    + ", but has " + head.length() + " ending in " + head.hash());
        }
        seals.end(subject);
        head = ChainHead.empty();
    }

    private void goOn(String subject) {
        if (!open.orElse(subject).equals(subject)) {
            open.ifPresent(this::begun);
        }
        open = Optional.of(subject);
    }

    private void begun(String subject) {
        problems.add(subject + " has no end");
    }

    @Override
    public void checkpoint(long number, String canonical, String hash) {
        seals.checkpoint(number, canonical, hash);
    }

    /** Says that something else is wrong with what is checked. */
    public void problem(String text) {
        problems.add(text);
    }

    /** What was found when all of it has come by. */
    public AuditReport report() {
        open.ifPresent(this::begun);
        seals.end();
        return new AuditReport(subjects, records, seals.checkpoints(), anchors, problems.found(), problems.listed());
    }

    private static boolean names(String canonical, String subject, long sequence) {
        int place = canonical.indexOf(",\"subject\":");
        String expected = ",\"subject\":" + CanonicalJson.write(subject) + ",\"sequence\":" + sequence + ",";
        return place > 0 && canonical.startsWith(expected, place);
    }
}
