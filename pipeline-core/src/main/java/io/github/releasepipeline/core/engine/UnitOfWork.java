package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.figure.Facts;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one transaction finds, decides and records. Snapshots are saved once, at the end. Used by one thread. */
public final class UnitOfWork {
    private static final Logger LOG = LoggerFactory.getLogger(UnitOfWork.class);

    private final PipelineSession session;
    private final Stamp stamp;
    private final Supplier<String> ids;
    private final List<Notifier> notifiers;
    private final Map<SubjectId<?>, Entry<?>> entries = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<LogEntry> lines = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> inDoubt = new ArrayList<>();

    UnitOfWork(PipelineSession session, Stamp stamp, Supplier<String> ids, List<Notifier> notifiers) {
        this.session = session;
        this.stamp = stamp;
        this.ids = ids;
        this.notifiers = notifiers;
    }

    /** Who acts, when and why. */
    public Stamp stamp() {
        return stamp;
    }

    /** The time of everything that is recorded here. */
    public Instant now() {
        return stamp.at();
    }

    /** A new id. */
    public String newId() {
        return ids.get();
    }

    /** Look-ups by other things than an id; they do not see what this unit has recorded. */
    public PipelineReader committed() {
        return session;
    }

    /** A snapshot, with what was recorded here. */
    public <S> Optional<S> find(SubjectId<S> id) {
        return entry(id).current();
    }

    /** A snapshot that has to be there. */
    public <S> S get(SubjectId<S> id) {
        return find(id).orElseThrow(() -> new NotFoundException(id.type(), id.value()));
    }

    /**
     * Asks a rule about a subject that has to be there, and records what it accepts.
     *
     * @return the snapshot after it
     * @throws RefusedException if the rule refuses
     */
    public <I extends SubjectId<S>, S> S decide(Machine<I, S> machine, I id, Function<S, Decision> rule) {
        return record(machine, id, accepted(id, rule.apply(get(id))));
    }

    /** The events of an accepted decision. */
    public List<DomainEvent> accepted(SubjectId<?> id, Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            throw new RefusedException(refused.rule(), id.reference(), refused.message(), refused.allowed());
        }
        return ((Decision.Accepted) decision).events();
    }

    /** Records facts. */
    public <I extends SubjectId<S>, S> S record(Machine<I, S> machine, I id, DomainEvent... events) {
        return record(machine, id, List.of(events));
    }

    /** Records facts. */
    public <I extends SubjectId<S>, S> S record(Machine<I, S> machine, I id, List<? extends DomainEvent> events) {
        return record(stamp.actor(), machine, id, events);
    }

    /** Records the first facts of a subject whose id was made for it: nobody looks whether it is there already. */
    public <I extends SubjectId<S>, S> S create(Machine<I, S> machine, I id, List<? extends DomainEvent> events) {
        entries.put(id, new Entry<>(id, Optional.empty()));
        return record(machine, id, events);
    }

    /** Records facts of somebody else than the one who acts here: of a rule. */
    public <I extends SubjectId<S>, S> S record(
            Actor by, Machine<I, S> machine, I id, List<? extends DomainEvent> events) {
        Entry<S> entry = entry(id);
        Stamp signed = new Stamp(by, stamp.at(), stamp.reason());
        for (DomainEvent event : events) {
            AuditRecord record = AuditRecord.next(entry.head, id, ids.get(), signed, event);
            S snapshot = machine.fold(id, entry.current(), event, signed);
            entry.change(snapshot, record.head());
            notices.add(new Notice(record, environment(snapshot)));
        }
        return entry.current().orElseThrow(() -> new NotFoundException(id.type(), id.value()));
    }

    /** Saves what was read elsewhere; not a fact of this library, so not in the audit trail. */
    public <S> void put(SubjectId<S> id, S snapshot) {
        Entry<S> entry = entry(id);
        entry.change(snapshot, entry.head);
    }

    /** Writes a line into a release's log. */
    public void log(LogEntry line) {
        lines.add(line);
    }

    /** Replaces the facts of a subject that was counted anew; those of subjects that change here follow by themselves. */
    public void recount(List<Fact> before, List<Fact> after) {
        session.recount(before, after);
    }

    /** Keeps a manifest. */
    public void keep(Manifest manifest) {
        session.keep(manifest);
    }

    /** Keeps what changed in a version. */
    public void keep(VersionId version, List<ChangeAttribution> changes) {
        session.keep(version, changes);
    }

    /** Keeps the attestation of a version. */
    public void keep(VersionId version, Envelope attestation) {
        session.keep(version, attestation);
    }

    /** Adds work that is done once the transaction is committed, on the same thread. It must not fail. */
    public void afterCommit(Runnable work) {
        afterCommit.add(work);
    }

    /**
     * Adds work that is done once nobody can tell whether the transaction is committed, or will be: a host may commit and never
     * say so. What is done after the commit may follow. It must not fail.
     */
    public void inDoubt(Runnable work) {
        inDoubt.add(work);
    }

    List<Runnable> afterCommit() {
        return afterCommit;
    }

    List<Runnable> inDoubt() {
        return inDoubt;
    }

    /** The subjects that are written, with their snapshots where they were changed; lines of a log do not change it. */
    Map<SubjectId<?>, Optional<Stored<?>>> written() {
        Map<SubjectId<?>, Optional<Stored<?>>> written = new LinkedHashMap<>();
        lines.forEach(line -> written.put(line.release(), Optional.empty()));
        entries.forEach((id, entry) -> entry.next().ifPresent(next -> written.put(id, Optional.of(next))));
        return written;
    }

    void flush() {
        List<Recount> recounts = entries.values().stream()
                .flatMap(entry -> entry.recount(session).stream())
                .toList();
        entries.values().forEach(entry -> entry.save(session));
        recounts.forEach(recount -> session.recount(recount.before(), recount.after()));
        if (!notices.isEmpty()) {
            session.append(notices.stream().map(Notice::record).toList());
            List<Letter> letters = letters();
            if (!letters.isEmpty()) {
                session.post(letters);
            }
        }
        if (!lines.isEmpty()) {
            session.log(lines);
        }
    }

    private List<Letter> letters() {
        List<Letter> letters = new ArrayList<>();
        for (Notice notice : notices) {
            for (Notifier notifier : notifiers) {
                if (wants(notifier, notice)) {
                    letters.add(new Letter(notifier.name(), notice.record(), 0));
                }
            }
        }
        return letters;
    }

    /** A notifier that breaks off is told too much rather than too little, and keeps nothing from being recorded. */
    private static boolean wants(Notifier notifier, Notice notice) {
        try {
            return notifier.wants(notice);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.atWarn()
                    .addKeyValue("notifier", notifier.name())
                    .addKeyValue("event", notice.record().event().name())
                    .setCause(e)
                    .log("The notifier does not say whether it wants this event; it gets it");
            return true;
        }
    }

    private static Optional<EnvironmentName> environment(Object snapshot) {
        if (snapshot instanceof Release release) {
            return Optional.of(release.environment());
        }
        return snapshot instanceof Environment environment ? Optional.of(environment.name()) : Optional.empty();
    }

    @SuppressWarnings("unchecked")
    private <S> Entry<S> entry(SubjectId<S> id) {
        return (Entry<S>) entries.computeIfAbsent(id, key -> new Entry<>(id, session.find(id)));
    }

    /** The facts of a subject, as they were and as they are. */
    private record Recount(List<Fact> before, List<Fact> after) {}

    /** One subject of this unit. */
    private static final class Entry<S> {
        private final SubjectId<S> id;
        private final Optional<Stored<S>> found;
        private ChainHead head;
        private @Nullable S changed;

        Entry(SubjectId<S> id, Optional<Stored<S>> found) {
            this.id = id;
            this.found = found;
            this.head = found.map(Stored::head).orElse(ChainHead.empty());
        }

        Optional<S> current() {
            return changed == null ? found.map(Stored::snapshot) : Optional.of(changed);
        }

        void change(S snapshot, ChainHead newHead) {
            changed = snapshot;
            head = newHead;
        }

        /** As it is saved; empty if it was not changed. */
        Optional<Stored<S>> next() {
            long revision = found.map(Stored::revision).orElse(0L) + 1;
            return Optional.ofNullable(changed).map(snapshot -> new Stored<>(snapshot, revision, head));
        }

        /** What counts otherwise than before. */
        Optional<Recount> recount(PipelineReader reader) {
            return Optional.ofNullable(changed)
                    .map(snapshot -> new Recount(
                            found.map(stored -> Facts.of(stored.snapshot(), reader))
                                    .orElse(List.of()),
                            Facts.of(snapshot, reader)))
                    .filter(recount -> !recount.before().equals(recount.after()));
        }

        void save(PipelineSession session) {
            next().ifPresent(next -> session.save(id, next));
        }
    }
}
