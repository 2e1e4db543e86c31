package io.github.releasepipeline.memory;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.store.AuditTrail;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.store.Page;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the records of a state. */
final class MemoryAuditTrail implements AuditTrail {
    private final Supplier<State> state;

    MemoryAuditTrail(Supplier<State> state) {
        this.state = state;
    }

    @Override
    public List<AuditRecord> of(SubjectId<?> subject) {
        return chain(state.get(), subject.reference()).toList();
    }

    @Override
    public Page<AuditRecord> newest(Optional<String> eventName, PageRequest page) {
        Sorted<Long, State.Appended> trail = state.get().trail;
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
    public void scan(AuditVisitor visitor) {
        State now = state.get();
        Stream.concat(now.subjects.keys(), now.chains.keys().map(Numbered::owner))
                .distinct()
                .sorted()
                .forEach(subject -> {
                    chain(now, subject)
                            .forEach(record -> visitor.record(
                                    subject,
                                    record.sequence(),
                                    record.canonical(),
                                    record.hash().hex()));
                    visitor.end(subject, now.subjects.get(subject).map(Stored::head));
                });
    }

    private static Stream<AuditRecord> chain(State state, String subject) {
        return state.chains
                .after(Numbered.start(subject))
                .takeWhile(record -> record.subject().equals(subject));
    }
}
