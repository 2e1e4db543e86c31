package io.github.releasepipeline.core.audit;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is done to stored records behind the library's back is found. */
class ChainVerifierProperties {
    private static final String SUBJECT = "release:r1";

    /** A record as it lies in the store. */
    private record Row(long sequence, String canonical, String hash) {
        static Row of(AuditRecord record) {
            return new Row(record.sequence(), record.canonical(), record.hash().hex());
        }

        /** The row of a forger who knows how to hash. */
        static Row forged(long sequence, String canonical) {
            return new Row(sequence, canonical, Digest.of(canonical).hex());
        }
    }

    private static List<AuditRecord> chain(String subject, int length, String reason) {
        List<AuditRecord> records = new ArrayList<>();
        ChainHead head = ChainHead.empty();
        for (int i = 0; i < length; i++) {
            AuditRecord record = AuditRecord.next(
                    head,
                    new ReleaseId(subject),
                    "e" + i,
                    by(ALICE, reason),
                    new ReleaseEvent.Superseded(new ReleaseId("r" + i)));
            records.add(record);
            head = record.head();
        }
        return records;
    }

    private static List<Row> rows(List<AuditRecord> records) {
        return new ArrayList<>(records.stream().map(Row::of).toList());
    }

    private static ChainHead head(List<AuditRecord> records) {
        return records.get(records.size() - 1).head();
    }

    private static AuditReport verify(List<Row> rows, Optional<ChainHead> claimed) {
        ChainVerifier verifier = new ChainVerifier(List.of());
        rows.forEach(row -> verifier.record(SUBJECT, row.sequence(), row.canonical(), row.hash()));
        verifier.end(SUBJECT, claimed);
        return verifier.report();
    }

    @Property(tries = 20)
    void an_untouched_chain_is_intact(@ForAll @IntRange(min = 1, max = 8) int length, @ForAll String reason) {
        List<AuditRecord> records = chain("r1", length, reason);
        AuditReport report = verify(rows(records), Optional.of(head(records)));
        assertThat(report.problems()).isEmpty();
        assertThat(report.found()).isZero();
        assertThat(report.records()).isEqualTo(length);
        assertThat(report.subjects()).isEqualTo(1);
    }

    @Example
    void every_change_of_a_single_character_is_found_also_with_a_new_hash() {
        List<AuditRecord> records = chain("r1", 3, "why");
        for (int row = 0; row < records.size(); row++) {
            String canonical = records.get(row).canonical();
            for (int place = 0; place < canonical.length(); place++) {
                String changed = canonical.substring(0, place)
                        + (char) (canonical.charAt(place) ^ 1)
                        + canonical.substring(place + 1);
                List<Row> clumsy = rows(records);
                clumsy.set(row, new Row(row + 1L, changed, clumsy.get(row).hash()));
                assertThat(verify(clumsy, Optional.of(head(records))).found()).isPositive();
                List<Row> rehashed = rows(records);
                rehashed.set(row, Row.forged(row + 1L, changed));
                assertThat(verify(rehashed, Optional.of(head(records))).found())
                        .as("row %s, character %s", row, place)
                        .isPositive();
            }
        }
    }

    @Property(tries = 100)
    void a_changed_hash_or_sequence_is_found(
            @ForAll @IntRange(max = 4) int row, @ForAll @IntRange(max = 63) int place) {
        List<AuditRecord> records = chain("r1", 5, "why");
        List<Row> rows = rows(records);
        Row old = rows.get(row);
        char other = old.hash().charAt(place) == '0' ? '1' : '0';
        rows.set(
                row,
                new Row(
                        old.sequence(),
                        old.canonical(),
                        old.hash().substring(0, place) + other + old.hash().substring(place + 1)));
        assertThat(verify(rows, Optional.of(head(records))).problems())
                .containsExactly(SUBJECT + " record " + (row + 1)
                        + " was altered: its text does not have the hash it is stored with");
        rows.set(row, new Row(old.sequence() + 1 + place, old.canonical(), old.hash()));
        assertThat(verify(rows, Optional.of(head(records))).found()).isPositive();
    }

    @Property(tries = 100)
    void removal_reordering_insertion_and_truncation_are_found(
            @ForAll @IntRange(max = 4) int a, @ForAll @IntRange(max = 4) int b) {
        List<AuditRecord> records = chain("r1", 5, "why");
        Optional<ChainHead> head = Optional.of(head(records));
        List<Row> removed = rows(records);
        removed.remove(a);
        assertThat(verify(removed, head).found()).isPositive();
        List<Row> renumbered = rows(records);
        renumbered.remove(a);
        for (int i = a; i < renumbered.size(); i++) {
            renumbered.set(
                    i,
                    new Row(
                            i + 1L,
                            renumbered.get(i).canonical(),
                            renumbered.get(i).hash()));
        }
        assertThat(verify(renumbered, head).found()).isPositive();
        List<Row> repeated = rows(records);
        repeated.add(a, repeated.get(b));
        assertThat(verify(repeated, head).found()).isPositive();
        assertThat(verify(rows(records).subList(0, a), head).found()).isPositive();
        if (a != b) {
            List<Row> swapped = rows(records);
            Collections.swap(swapped, a, b);
            assertThat(verify(swapped, head).found()).isPositive();
        }
    }

    @Example
    void a_truncated_chain_tells_what_it_should_have_been() {
        List<AuditRecord> records = chain("r1", 2, "why");
        assertThat(verify(rows(records).subList(0, 1), Optional.of(head(records)))
                        .problems())
                .containsExactly(SUBJECT + " should have 2 records ending in "
                        + head(records).hash() + ", but has 1 ending in "
                        + records.get(0).hash());
    }

    @Example
    void a_chain_of_another_subject_does_not_pass_for_this_one() {
        List<AuditRecord> records = chain("r2", 3, "why");
        assertThat(verify(rows(records), Optional.of(head(records))).problems())
                .hasSize(3)
                .allMatch(problem -> problem.endsWith("holds the text of another record"));
    }

    @Example
    void a_subject_that_is_gone_is_missed_and_one_without_records_has_none() {
        assertThat(verify(rows(chain("r1", 1, "why")), Optional.empty()).problems())
                .containsExactly(SUBJECT + " has records and is gone itself");
        assertThat(verify(List.of(), Optional.of(ChainHead.empty())).found()).isZero();
        assertThat(verify(List.of(), Optional.of(new ChainHead(1, Digest.of(""))))
                        .found())
                .isEqualTo(1);
    }

    @Example
    void a_chain_begins_anew_after_each_subject() {
        List<AuditRecord> records = chain("r1", 2, "why");
        ChainVerifier verifier = new ChainVerifier(List.of());
        for (int i = 0; i < 2; i++) {
            rows(records).forEach(row -> verifier.record(SUBJECT, row.sequence(), row.canonical(), row.hash()));
            verifier.end(SUBJECT, Optional.of(head(records)));
        }
        AuditReport report = verifier.report();
        assertThat(report.found()).isZero();
        assertThat(report.subjects()).isEqualTo(2);
        assertThat(report.records()).isEqualTo(4);
    }

    @Example
    void a_record_says_where_it_stands() {
        AuditRecord record = chain("r1", 1, "why").get(0);
        ChainVerifier verifier = new ChainVerifier(List.of());
        verifier.record(SUBJECT, 3, record.canonical(), record.hash().hex());
        assertThat(verifier.report().problems())
                .containsExactly(
                        SUBJECT + " record 3 stands where record 1 belongs",
                        SUBJECT + " record 3 holds the text of another record",
                        SUBJECT + " has no end");
    }

    @Example
    void all_problems_are_counted_and_the_first_hundred_listed() {
        ChainVerifier verifier = new ChainVerifier(List.of());
        for (int i = 0; i < 150; i++) {
            verifier.end("subject" + i, Optional.empty());
        }
        AuditReport report = verifier.report();
        assertThat(report.found()).isEqualTo(150);
        assertThat(report.problems()).hasSize(100).startsWith("subject0 has records and is gone itself");
    }
}
