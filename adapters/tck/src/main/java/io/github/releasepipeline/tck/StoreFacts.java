package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the facts about a store share: an empty store for each fact and short ways to fill it. */
abstract class StoreFacts {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    PipelineStore store;

    @SuppressWarnings("NullAway.Init") // set before each fact
    StoreFacts() {}

    /** A new, empty store. */
    protected abstract PipelineStore newStore();

    @BeforeEach
    final void openStore() {
        store = newStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    final void save(ChangeSet snapshot) {
        save(snapshot.id(), snapshot);
    }

    final void save(PullRequest snapshot) {
        save(snapshot.id(), snapshot);
    }

    final void save(Version snapshot) {
        save(snapshot.id(), snapshot);
    }

    final void save(Release snapshot) {
        save(snapshot.id(), snapshot);
    }

    final <S> void save(SubjectId<S> id, S snapshot) {
        inTransaction(session -> save(session, id, snapshot));
    }

    /** Saves the next revision of a snapshot. */
    static <S> void save(PipelineSession session, SubjectId<S> id, S snapshot) {
        Stored<S> before = session.find(id).orElseGet(() -> Stored.unsaved(snapshot));
        session.save(id, before.next(snapshot, before.head()));
    }

    /** Appends the next record of a subject's chain, without its snapshot. */
    final AuditRecord append(SubjectId<?> subject, DomainEvent event) {
        List<AuditRecord> before = store.audit().of(subject);
        ChainHead head = before.isEmpty()
                ? ChainHead.empty()
                : before.get(before.size() - 1).head();
        AuditRecord record = Sample.record(head, subject, event);
        inTransaction(session -> session.append(List.of(record)));
        return record;
    }

    final void inTransaction(Consumer<PipelineSession> work) {
        boolean committed = store.transact(session -> {
            work.accept(session);
            return true;
        });
        assertThat(committed).isTrue();
    }

    /** Repeats a transaction until nobody else was faster, as the engine does. */
    final <R> R retrying(Function<PipelineSession, R> work) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return store.transact(work);
            } catch (ConcurrentUpdateException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    /** Runs tasks on as many threads, all at once, and gives their answers in order. */
    static <R> List<R> atOnce(List<Callable<R>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<R> answers = new ArrayList<>();
            for (Future<R> answer : threads.invokeAll(tasks, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (Exception e) {
            throw new AssertionError("A thread of the test failed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
