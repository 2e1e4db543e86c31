package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Under read committed a transaction may find one thing as it was before a commit of somebody else, and another as after. */
class TornReadsTest {
    private static final Release ONE = Sample.release("r-1").build();
    private static final ReleaseId TWO = new ReleaseId("r-2");

    private final JdbcPipelineStore store = JdbcPipelineStore.on(PostgresServer.newDatabase());

    @BeforeEach
    void begin() {
        somebodySaves();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_is_refused_or_fails_upon_what_somebody_changed_meanwhile_is_to_be_decided_again() {
        for (RuntimeException wrong : List.of(
                new ClassCastException("not queued any more"),
                new IllegalStateException("cannot happen"),
                new RefusedException("rule", "release:r-1", "not now", List.of()))) {
            assertThatThrownBy(() -> store.transact(session -> {
                        session.find(ONE.id());
                        somebodySaves();
                        throw wrong;
                    }))
                    .isInstanceOf(ConcurrentUpdateException.class)
                    .hasSuppressedException(wrong);
        }
    }

    @Test
    void what_is_refused_or_fails_upon_what_is_still_so_comes_out_as_it_is() {
        IllegalStateException wrong = new IllegalStateException("cannot happen");
        assertThatThrownBy(() -> store.transact(session -> {
                    session.find(ONE.id());
                    session.find(TWO);
                    throw wrong;
                }))
                .isSameAs(wrong);
    }

    @Test
    void what_the_database_itself_refused_comes_out_as_it_is() {
        assertThatThrownBy(() -> store.transact(session -> {
                    session.find(ONE.id());
                    somebodySaves();
                    return save(session, 1);
                }))
                .isInstanceOf(ConcurrentUpdateException.class)
                .hasMessageContaining("r-1");
    }

    private void somebodySaves() {
        long revision = CompletableFuture.supplyAsync(() -> store.transact(session -> save(
                        session, session.find(ONE.id()).map(Stored::revision).orElse(0L))))
                .join();
        assertThat(revision).isPositive();
    }

    private static long save(PipelineSession session, long before) {
        session.save(ONE.id(), new Stored<>(ONE, before + 1, ChainHead.empty()));
        return before + 1;
    }
}
