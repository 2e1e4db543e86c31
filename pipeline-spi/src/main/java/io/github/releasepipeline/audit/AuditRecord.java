package io.github.releasepipeline.audit;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.subject.CanonicalJson;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;

/**
 * One transition, as it is kept for ever.
 *
 * @param id unique over all records
 * @param subject reference of what it happened to, {@code type:id}
 * @param sequence its place in the subject's chain, from 1
 * @param stamp who, when and why
 * @param event what happened
 * @param previous hash of the record before it, 64 zeros for the first
 * @param canonical the text that was hashed: canonical JSON of all of the above
 * @param hash SHA-256 over the UTF-8 bytes of {@code canonical}
 */
public record AuditRecord(
        String id,
        String subject,
        long sequence,
        Stamp stamp,
        DomainEvent event,
        Digest previous,
        String canonical,
        Digest hash) {

    /** Makes the next record of a subject's chain. */
    public static AuditRecord next(ChainHead head, SubjectId<?> subject, String id, Stamp stamp, DomainEvent event) {
        long sequence = head.length() + 1;
        String canonical = CanonicalJson.write(
                new Canonical(id, subject.reference(), sequence, stamp, event.name(), event, head.hash()));
        return new AuditRecord(
                id, subject.reference(), sequence, stamp, event, head.hash(), canonical, Digest.of(canonical));
    }

    /** The end of the chain after this record. */
    public ChainHead head() {
        return new ChainHead(sequence, hash);
    }

    /** The order and names of the hashed fields. */
    private record Canonical(
            String id, String subject, long sequence, Stamp stamp, String event, DomainEvent data, Digest previous) {}
}
