package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.audit.MerkleRoot;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Facts about the audit trail. */
abstract class AuditTrailFacts extends PullRequestTableFacts {
    private static final ReleaseId ONE = new ReleaseId("r-1");
    private static final ReleaseId TWO = new ReleaseId("r-2");

    @Test
    void the_records_of_a_subject_are_told_as_they_were_appended_oldest_first() {
        Map<SubjectId<?>, List<DomainEvent>> events = new LinkedHashMap<>();
        events.put(
                ONE,
                List.of(
                        new ReleaseEvent.Approved(
                                Set.of("security", "ops"),
                                Sample.manifest("workflows/a.json").digest()),
                        new ReleaseEvent.StepSucceeded(
                                Step.BACKUP, Duration.ofMillis(1_234), "3 items", Optional.empty()),
                        new ReleaseEvent.Superseded(TWO)));
        events.put(new VersionId("v-1"), List.of(new VersionEvent.Published()));
        events.put(new EnvironmentId(Sample.PRODUCTION), List.of(new EnvironmentEvent.SlotTaken(ONE, 7)));
        events.put(
                new PullRequestId(Sample.REPOSITORY, 7), List.of(new PullRequestEvent.ChecksStarted(Sample.commit(1))));
        events.put(
                Sample.changeSet("cs-1").build().id(),
                List.of(new ChangeSetEvent.Created("Set", "", ChangeType.FEATURE, List.of(2L, 1L))));
        Map<SubjectId<?>, List<AuditRecord>> appended = new LinkedHashMap<>();
        events.forEach((subject, facts) -> appended.put(
                subject, facts.stream().map(event -> append(subject, event)).toList()));

        appended.forEach(
                (subject, records) -> assertThat(store.audit().of(subject)).isEqualTo(records));
    }

    @Test
    void a_record_keeps_its_stamp() {
        List<Stamp> stamps = List.of(
                new Stamp(
                        Actor.service("bot").onBehalfOf("alice"),
                        Sample.NOW.plusNanos(123_456_000),
                        Optional.of("why")),
                new Stamp(Actor.system(), Sample.NOW, Optional.empty()));
        ChainHead head = ChainHead.empty();
        List<AuditRecord> records = new ArrayList<>();
        for (Stamp stamp : stamps) {
            AuditRecord record = AuditRecord.next(head, ONE, "id-" + records.size(), stamp, new ReleaseEvent.Readied());
            records.add(record);
            head = record.head();
        }
        inTransaction(session -> session.append(records));

        assertThat(store.audit().of(ONE)).isEqualTo(records);
    }

    @Test
    void a_subject_without_records_has_none() {
        append(ONE, new ReleaseEvent.Readied());

        assertThat(store.audit().of(TWO)).isEmpty();
        assertThat(store.audit().of(new VersionId(ONE.value()))).isEmpty();
    }

    @Test
    void a_place_in_a_chain_that_is_taken_is_a_concurrent_update_and_the_record_stays() {
        AuditRecord first = append(ONE, new ReleaseEvent.Readied());
        AuditRecord second =
                AuditRecord.next(ChainHead.empty(), ONE, "other", Sample.stamp(Sample.BOB), new ReleaseEvent.Expired());

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> inTransaction(session -> session.append(List.of(second))));

        assertThat(store.audit().of(ONE)).containsExactly(first);
    }

    @Test
    void the_newest_records_of_all_subjects_come_in_reverse_order_of_appending() {
        List<AuditRecord> appended = appendMany(7);

        assertThat(newest(Optional.empty(), 100)).isEqualTo(reversed(appended));
    }

    @Test
    void records_of_one_transaction_were_appended_in_the_order_given() {
        AuditRecord late = Sample.record(ChainHead.empty(), TWO, new ReleaseEvent.Readied());
        AuditRecord early = Sample.record(ChainHead.empty(), ONE, new ReleaseEvent.Readied());
        AuditRecord next = Sample.record(early.head(), ONE, new ReleaseEvent.Expired());
        inTransaction(session -> session.append(List.of(late, early, next)));

        assertThat(newest(Optional.empty(), 100)).containsExactly(next, early, late);
    }

    @Test
    void records_can_be_asked_for_by_the_name_of_the_event() {
        List<AuditRecord> appended = appendMany(12);
        List<AuditRecord> wanted = reversed(appended.stream()
                .filter(record -> record.event() instanceof ReleaseEvent.Expired)
                .toList());

        assertThat(newest(Optional.of("release.expired"), 2)).isEqualTo(wanted).isNotEmpty();
        assertThat(newest(Optional.of("release.exp%"), 2)).isEmpty();
        assertThat(newest(Optional.of("release.rejected"), 2)).isEmpty();
    }

    @Test
    void records_appended_meanwhile_do_not_make_a_later_page_repeat_or_skip_a_record() {
        List<AuditRecord> before = reversed(appendMany(10));
        EnvironmentId other = new EnvironmentId(Sample.PRODUCTION);

        List<AuditRecord> seen = pages(3, page -> {
            var answer = store.audit().newest(Optional.empty(), page);
            append(other, new EnvironmentEvent.HoldPlaced());
            return answer;
        });

        assertThat(seen).isEqualTo(before);
    }

    @Test
    void a_place_in_the_trail_that_was_not_handed_out_is_an_illegal_argument() {
        appendMany(3);

        for (String after : List.of("", "x", "-", "1.5", "9".repeat(40))) {
            assertThatIllegalArgumentException()
                    .as("'%s'", after)
                    .isThrownBy(() -> store.audit()
                            .newest(Optional.empty(), PageRequest.first(2).after(after)));
        }
    }

    @Test
    void a_scan_tells_all_records_by_subject_and_then_the_head_that_its_snapshot_claims() {
        Release withBoth = Sample.release(ONE.value()).build();
        ChangeSet withoutRecords = Sample.changeSet("cs-1").build();
        List<AuditRecord> two =
                List.of(append(TWO, new ReleaseEvent.Readied()), append(TWO, new ReleaseEvent.Expired()));
        AuditRecord one = append(ONE, new ReleaseEvent.Readied());
        List<AuditRecord> three = new ArrayList<>(two);
        three.add(append(TWO, new ReleaseEvent.Rejected()));
        inTransaction(session -> session.save(ONE, new Stored<>(withBoth, 1, one.head())));
        save(withoutRecords);

        Scan scan = new Scan();
        store.audit().scan(scan);

        assertThat(scan.records.get(ONE.reference())).containsExactly(told(one));
        assertThat(scan.records.get(TWO.reference()))
                .containsExactlyElementsOf(
                        three.stream().map(AuditTrailFacts::told).toList());
        assertThat(scan.claimed)
                .containsEntry(ONE.reference(), Optional.of(one.head()))
                .containsEntry(TWO.reference(), Optional.empty())
                .containsEntry(withoutRecords.id().reference(), Optional.of(ChainHead.empty()))
                .hasSize(3);
    }

    @Test
    void a_scan_of_an_empty_store_tells_nothing() {
        Scan scan = new Scan();
        store.audit().scan(scan);

        assertThat(scan.claimed).isEmpty();
        assertThat(scan.records).isEmpty();
    }

    @Test
    void a_checkpoint_seals_the_heads_of_all_chains() {
        append(ONE, new ReleaseEvent.Readied());
        AuditRecord one = append(ONE, new ReleaseEvent.Expired());
        AuditRecord two = append(TWO, new ReleaseEvent.Readied());
        MerkleRoot root = new MerkleRoot();
        root.add(ONE.reference(), one.head());
        root.add(TWO.reference(), two.head());

        Optional<Checkpoint> made = store.audit().seal(Sample.NOW);

        assertThat(made).contains(Checkpoint.next(Optional.empty(), Sample.NOW, root));
        assertThat(store.audit().newestCheckpoint()).isEqualTo(made);
        Scan scan = new Scan();
        store.audit().scan(scan);
        assertThat(scan.seals)
                .containsExactly(
                        ONE.reference() + " 2 " + one.hash().hex() + " 1",
                        TWO.reference() + " 1 " + two.hash().hex() + " 1");
        assertThat(scan.checkpoints)
                .containsExactly("1 " + made.orElseThrow().hash().hex() + " "
                        + made.orElseThrow().canonical());
    }

    @Test
    void the_next_checkpoint_seals_what_has_grown_since_and_follows_the_one_before() {
        append(ONE, new ReleaseEvent.Readied());
        append(TWO, new ReleaseEvent.Readied());
        Optional<Checkpoint> first = store.audit().seal(Sample.NOW);
        AuditRecord grown = append(TWO, new ReleaseEvent.Expired());
        MerkleRoot root = new MerkleRoot();
        root.add(TWO.reference(), grown.head());

        Optional<Checkpoint> second = store.audit().seal(Sample.NOW.plusSeconds(1));

        assertThat(second).contains(Checkpoint.next(first, Sample.NOW.plusSeconds(1), root));
        assertThat(store.audit().newestCheckpoint()).isEqualTo(second);
    }

    @Test
    void there_is_no_checkpoint_of_nothing_and_none_anew_of_the_same() {
        assertThat(store.audit().seal(Sample.NOW)).isEmpty();
        assertThat(store.audit().newestCheckpoint()).isEmpty();
        append(ONE, new ReleaseEvent.Readied());
        Optional<Checkpoint> made = store.audit().seal(Sample.NOW);

        assertThat(store.audit().seal(Sample.NOW.plusSeconds(5))).isEqualTo(made);
    }

    @Test
    void many_that_seal_at_once_make_one_row_of_checkpoints() throws Exception {
        appendMany(20);
        List<Callable<Optional<Checkpoint>>> sealing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sealing.add(() -> {
                append(new ReleaseId("r-" + UUID.randomUUID()), new ReleaseEvent.Readied());
                return store.audit().seal(Sample.NOW);
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Optional<Checkpoint>> made : threads.invokeAll(sealing)) {
                assertThat(made.get()).isPresent();
            }
        } finally {
            threads.shutdownNow();
        }

        Scan scan = new Scan();
        store.audit().scan(scan);
        assertThat(scan.seals).hasSize(10);
        for (int i = 0; i < scan.checkpoints.size(); i++) {
            assertThat(scan.checkpoints.get(i)).startsWith((i + 1) + " ");
        }
    }

    private List<AuditRecord> appendMany(int count) {
        List<AuditRecord> appended = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DomainEvent event = i % 3 == 0 ? new ReleaseEvent.Expired() : new ReleaseEvent.Readied();
            appended.add(append(i % 2 == 0 ? TWO : ONE, event));
        }
        return appended;
    }

    private List<AuditRecord> newest(Optional<String> event, int size) {
        return pages(size, page -> store.audit().newest(event, page));
    }

    private static List<AuditRecord> reversed(List<AuditRecord> records) {
        List<AuditRecord> reversed = new ArrayList<>(records);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String told(AuditRecord record) {
        return record.sequence() + " " + record.hash().hex() + " " + record.canonical();
    }

    /** What a scan told; refuses records after the end of their subject. */
    private static final class Scan implements AuditVisitor {
        final Map<String, List<String>> records = new LinkedHashMap<>();
        final Map<String, Optional<ChainHead>> claimed = new LinkedHashMap<>();
        final List<String> seals = new ArrayList<>();
        final List<String> checkpoints = new ArrayList<>();
        private Optional<String> open = Optional.empty();

        @Override
        public void seal(String subject, long length, String hash, long checkpoint) {
            assertThat(claimed).doesNotContainKey(subject);
            assertThat(records).as("seals come before records").doesNotContainKey(subject);
            assertThat(open.orElse(subject)).isEqualTo(subject);
            open = Optional.of(subject);
            seals.add(subject + " " + length + " " + hash + " " + checkpoint);
        }

        @Override
        public void checkpoint(long number, String canonical, String hash) {
            assertThat(open).as("checkpoints come after all subjects").isEmpty();
            checkpoints.add(number + " " + hash + " " + canonical);
        }

        @Override
        public void record(String subject, long sequence, String canonical, String hash) {
            assertThat(claimed).doesNotContainKey(subject);
            assertThat(open.orElse(subject))
                    .as("records are grouped by subject")
                    .isEqualTo(subject);
            open = Optional.of(subject);
            records.computeIfAbsent(subject, key -> new ArrayList<>()).add(sequence + " " + hash + " " + canonical);
        }

        @Override
        public void end(String subject, Optional<ChainHead> head) {
            assertThat(claimed).doesNotContainKey(subject);
            assertThat(open.orElse(subject)).isEqualTo(subject);
            open = Optional.empty();
            claimed.put(subject, head);
        }
    }
}
