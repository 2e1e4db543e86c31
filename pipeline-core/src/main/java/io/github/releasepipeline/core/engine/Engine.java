package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The one write path: a command's decisions, their events and letters in one transaction, repeated as a whole when
 * somebody else was faster, and the work that follows after the commit.
 */
public final class Engine {
    private static final int ATTEMPTS = 40;

    private final PipelineStore store;
    private final List<Notifier> notifiers;
    private final Clock clock;
    private final Supplier<String> ids;
    private final Pulse pulse;

    /**
     * @param clock tells the time of events, cut to microseconds
     * @param ids new ids, unique for ever
     * @param pulse beats after each commit
     */
    public Engine(PipelineStore store, List<Notifier> notifiers, Clock clock, Supplier<String> ids, Pulse pulse) {
        this.store = store;
        this.notifiers = List.copyOf(notifiers);
        this.clock = clock;
        this.ids = ids;
        this.pulse = pulse;
    }

    /**
     * Executes a command in one transaction. The work may run several times, so it does nothing but decide and record.
     *
     * @throws RefusedException if a rule refuses; nothing has changed then
     * @throws ConcurrentUpdateException if others were faster in every one of the attempts
     */
    public <R> R execute(Actor actor, Optional<String> reason, Function<UnitOfWork, R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(new Stamp(actor, now(), reason), work);
            } catch (ConcurrentUpdateException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(attempt * 500_000L);
            }
        }
    }

    /** Executes a command that answers nothing. */
    public void run(Actor actor, Optional<String> reason, Consumer<UnitOfWork> work) {
        execute(actor, reason, unit -> {
            work.accept(unit);
            return true;
        });
    }

    private <R> R once(Stamp stamp, Function<UnitOfWork, R> work) {
        List<Runnable> afterCommit = new ArrayList<>();
        Map<SubjectId<?>, Optional<Stored<?>>> committed = new HashMap<>();
        R result = store.transact(session -> {
            UnitOfWork unit = new UnitOfWork(session, stamp, ids, notifiers);
            R value = work.apply(unit);
            unit.flush();
            afterCommit.clear();
            afterCommit.addAll(unit.afterCommit());
            committed.clear();
            committed.putAll(unit.written());
            return value;
        });
        pulse.beat(committed);
        afterCommit.forEach(Runnable::run);
        return result;
    }

    /** The time that an event would have now. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A new id. */
    public String newId() {
        return ids.get();
    }

    /** Reads outside transactions. */
    public PipelineReader reader() {
        return store.reader();
    }

    /** A snapshot as it is now. */
    public <S> S get(SubjectId<S> id) {
        return reader().find(id)
                .orElseThrow(() -> new NotFoundException(id.type(), id.value()))
                .snapshot();
    }
}
