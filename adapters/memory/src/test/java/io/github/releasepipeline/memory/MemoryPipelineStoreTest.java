package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.PipelineStoreContract;
import io.github.releasepipeline.tck.Sample;
import org.junit.jupiter.api.Test;

class MemoryPipelineStoreTest extends PipelineStoreContract {
    private final MemoryPipelineStore memory = new MemoryPipelineStore();

    @Override
    protected PipelineStore newStore() {
        return memory;
    }

    @Test
    void a_session_cannot_be_used_after_its_transaction() {
        PipelineSession leaked = memory.transact(session -> session);

        assertThatIllegalStateException().isThrownBy(() -> leaked.keep(Manifest.empty()));
        assertThatIllegalStateException()
                .isThrownBy(() -> leaked.manifest(Manifest.empty().digest()));
    }

    @Test
    void a_transaction_cannot_begin_another_one_on_its_own_thread() {
        assertThatIllegalStateException().isThrownBy(() -> memory.transact(outer -> memory.transact(inner -> true)));
        assertThatIllegalStateException()
                .isThrownBy(() -> memory.transact(outer -> memory.outbox().take("slack", Sample.NOW, Sample.NOW, 1)));
    }

    @Test
    void a_conflict_that_the_work_overlooks_undoes_the_transaction_all_the_same() {
        ChangeSet set = Sample.changeSet("cs-1").build();

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> memory.transact(session -> {
                    session.keep(Manifest.empty());
                    return catchThrowable(() -> session.save(set.id(), new Stored<>(set, 7, ChainHead.empty())));
                }));

        assertThat(memory.reader().manifest(Manifest.empty().digest())).isEmpty();
    }
}
