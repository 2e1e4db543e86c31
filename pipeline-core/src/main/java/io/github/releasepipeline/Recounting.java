package io.github.releasepipeline;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.engine.AllRows;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.figure.Facts;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts again what the audit trail tells. */
final class Recounting {
    private final PipelineStore store;
    private final Engine engine;
    private final AtomicLong corrected = new AtomicLong();

    Recounting(PipelineStore store, Engine engine) {
        this.store = store;
        this.engine = engine;
    }

    long run() {
        AllRows.<Version>forEach(
                page -> store.tables().versions(PipelineFilter.all(), page),
                version -> correct(VersionMachine.MACHINE, version.id()));
        AllRows.<Release>forEach(
                page -> store.tables().releases(PipelineFilter.all(), page),
                release -> correct(ReleaseMachine.MACHINE, release.id()));
        return corrected.get();
    }

    private <I extends SubjectId<S>, S> void correct(Machine<I, S> machine, I id) {
        if (differs(kept(id), facts(machine, id, store.audit().of(id)))) {
            corrected.addAndGet(engine.execute(Actor.system(), Optional.empty(), unit -> {
                List<AuditRecord> records = store.audit().of(id);
                ChainHead head = records.isEmpty()
                        ? ChainHead.empty()
                        : records.get(records.size() - 1).head();
                List<Fact> before = kept(id);
                List<Fact> after = facts(machine, id, records);
                if (!unit.committed().find(id).map(Stored::head).equals(Optional.of(head))) {
                    throw new ConcurrentUpdateException(id.reference());
                }
                if (!differs(before, after)) {
                    return 0;
                }
                unit.recount(before, after);
                return 1;
            }));
        }
    }

    private List<Fact> kept(SubjectId<?> id) {
        return store.tables().figures().of(id.reference());
    }

    private <I extends SubjectId<S>, S> List<Fact> facts(Machine<I, S> machine, I id, List<AuditRecord> records) {
        Optional<S> snapshot = Optional.empty();
        for (AuditRecord record : records) {
            snapshot = Optional.of(machine.fold(id, snapshot, record.event(), record.stamp()));
        }
        return snapshot.map(now -> Facts.of(now, store.reader())).orElse(List.of());
    }

    private static boolean differs(List<Fact> some, List<Fact> others) {
        return !new HashSet<>(some).equals(new HashSet<>(others));
    }
}
