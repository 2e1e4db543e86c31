package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.Checkpoint;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.JoiningStore;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one write path: a command's decisions, their events and letters in one transaction, repeated as a whole when
 * somebody else was faster, and the work that follows after the commit.
 */
public final class Engine {
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
     * Executes a command in one transaction. The work may run several times, so it does nothing but decide and record. While
     * the store cannot be reached and nothing can have come of the attempt, it is repeated for some seconds, in which most
     * databases have failed over.
     *
     * @throws RefusedException if a rule refuses; nothing has changed then
     * @throws ConcurrentUpdateException if others were faster in every one of the attempts
     * @throws AdapterException if the store cannot be used; only if it does not say {@code withoutEffect} may the command
     *     have been carried out all the same
     */
    public <R> R execute(Actor actor, Optional<String> reason, Function<UnitOfWork, R> work) {
        return patiently(() -> once(new Stamp(actor, now(), reason), work));
    }

    private <R> R patiently(Supplier<R> attempt) {
        Patience patience = new Patience(clock);
        while (true) {
            try {
                return attempt.get();
            } catch (ConcurrentUpdateException e) {
                patience.wait(e);
            } catch (AdapterException e) {
                patience.wait(e);
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
        AtomicReference<@Nullable UnitOfWork> flushed = new AtomicReference<>();
        R result;
        try {
            result = store.transact(session -> {
                flushed.set(null);
                UnitOfWork unit = new UnitOfWork(session, stamp, ids, notifiers);
                R value = work.apply(unit);
                unit.flush();
                flushed.set(unit);
                return value;
            });
        } catch (AdapterException e) {
            UnitOfWork unit = flushed.get();
            if (unit != null && !e.withoutEffect()) {
                unit.inDoubt().forEach(Runnable::run);
            }
            throw e;
        }
        committed(Objects.requireNonNull(flushed.get()));
        return result;
    }

    private void committed(UnitOfWork unit) {
        Runnable told = () -> {
            pulse.beat(unit.written());
            unit.afterCommit().forEach(Runnable::run);
        };
        if (store instanceof JoiningStore joining && joining.inHostTransaction()) {
            unit.inDoubt().forEach(Runnable::run); // the host may commit and never say so
            joining.afterHostCommit(told);
        } else {
            told.run();
        }
    }

    /**
     * Refuses what commits, calls a foreign system and commits again to be part of a transaction of the host.
     *
     * @param what it is, as the beginning of a sentence
     */
    public void requireNoHostTransaction(String what) {
        if (store instanceof JoiningStore joining && joining.inHostTransaction()) {
            throw new RefusedException(
                    "own transaction",
                    "pipeline",
                    what
                            + " takes several transactions and calls of other systems, and cannot be part of one of the host's;"
                            + " do it before or after that",
                    List.of());
        }
    }

    /** The time that an event would have now. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Seals what was recorded up to now; empty if that is nothing. */
    public Optional<Checkpoint> seal() {
        return patiently(() -> store.audit().seal(now()));
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
        return present(id, reader().find(id));
    }

    /** A snapshot that may be old, see {@link PipelineReader#seen}. */
    public <S> S seen(SubjectId<S> id) {
        return present(id, reader().seen(id));
    }

    private static <S> S present(SubjectId<S> id, Optional<Stored<S>> stored) {
        return stored.orElseThrow(() -> new NotFoundException(id.type(), id.value()))
                .snapshot();
    }
}
