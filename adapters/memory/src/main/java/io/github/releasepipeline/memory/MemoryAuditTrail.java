package io.github.releasepipeline.memory;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.audit.MerkleRoot;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the records of a state. */
final class MemoryAuditTrail implements AuditTrail {
    private final MemoryPipelineStore store;

    MemoryAuditTrail(MemoryPipelineStore store) {
        this.store = store;
    }

    @Override
    public List<AuditRecord> of(SubjectId<?> subject) {
        return chain(store.committed(), subject.reference()).toList();
    }

    @Override
    public Page<AuditRecord> newest(Optional<String> eventName, PageRequest page) {
        Sorted<Long, State.Appended> trail = store.committed().trail;
        Stream<State.Appended> rest = page.after()
                .map(cursor -> trail.after(Cursors.number("records", cursor)))
                .orElseGet(trail::values);
        Stream<State.Appended> wanted = rest.filter(appended ->
                eventName.map(appended.record().event().name()::equals).orElse(true));
        Page<State.Appended> found =
                MemoryTables.firstOf(wanted, page.size(), last -> Cursors.of("records", -last.number()));
        return new Page<>(found.rows().stream().map(State.Appended::record).toList(), found.next());
    }

    @Override
    public Optional<Checkpoint> newestCheckpoint() {
        return newest(store.committed());
    }

    private static Optional<Checkpoint> newest(State state) {
        return state.checkpoints.values().findFirst();
    }

    @Override
    public Optional<Checkpoint> seal(Instant at) {
        return store.write(draft -> {
            Optional<Checkpoint> before = newest(draft);
            long number = before.map(Checkpoint::number).orElse(0L) + 1;
            MerkleRoot root = new MerkleRoot();
            for (State.Seal seal : grown(draft, number)) {
                root.add(seal.subject(), seal.head());
                draft.seals = draft.seals.with(
                        new Numbered(seal.subject(), seal.head().length()), seal);
            }
            if (root.leaves() == 0) {
                return before;
            }
            Checkpoint next = Checkpoint.next(before, at, root);
            draft.checkpoints = draft.checkpoints.with(-number, next);
            return Optional.of(next);
        });
    }

    private static List<State.Seal> grown(State state, long checkpoint) {
        Map<String, ChainHead> heads = new LinkedHashMap<>();
        state.chains.values().forEach(record -> heads.put(record.subject(), record.head()));
        return heads.entrySet().stream()
                .map(head -> new State.Seal(head.getKey(), head.getValue(), checkpoint))
                .filter(seal -> !state.seals.has(
                        new Numbered(seal.subject(), seal.head().length())))
                .toList();
    }

    @Override
    public void scan(AuditVisitor visitor) {
        State now = store.committed();
        Stream.concat(now.subjects.keys(), now.chains.keys().map(Numbered::owner))
                .distinct()
                .sorted()
                .forEach(subject -> {
                    now.seals
                            .after(Numbered.start(subject))
                            .takeWhile(seal -> seal.subject().equals(subject))
                            .forEach(seal -> visitor.seal(
                                    subject,
                                    seal.head().length(),
                                    seal.head().hash().hex(),
                                    seal.checkpoint()));
                    chain(now, subject)
                            .forEach(record -> visitor.record(
                                    subject,
                                    record.sequence(),
                                    record.canonical(),
                                    record.hash().hex()));
                    visitor.end(subject, now.subjects.get(subject).map(Stored::head));
                });
        now.checkpoints
                .values()
                .sorted(Comparator.comparing(Checkpoint::number))
                .forEach(checkpoint -> visitor.checkpoint(
                        checkpoint.number(),
                        checkpoint.canonical(),
                        checkpoint.hash().hex()));
    }

    private static Stream<AuditRecord> chain(State state, String subject) {
        return state.chains
                .after(Numbered.start(subject))
                .takeWhile(record -> record.subject().equals(subject));
    }
}
