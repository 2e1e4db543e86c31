package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.tck.PipelineStoreContract;
import io.github.releasepipeline.tck.Sample;
import org.junit.jupiter.api.Test;

class ScriptedStoreTest extends PipelineStoreContract {
    private static final Manifest MANIFEST = Sample.manifest("workflows/a.json");

    private final ScriptedStore scripted = new ScriptedStore(new MemoryPipelineStore());

    @Override
    protected PipelineStore newStore() {
        return scripted;
    }

    @Test
    void an_ordered_conflict_keeps_nothing_and_happens_once() {
        scripted.conflictNext();

        assertThatExceptionOfType(ConcurrentUpdateException.class).isThrownBy(this::keep);
        assertThat(isKept()).isFalse();
        keep();
        assertThat(isKept()).isTrue();
    }

    @Test
    void a_lost_commit_keeps_nothing() {
        scripted.loseNextCommit();

        assertThatExceptionOfType(AdapterException.class).isThrownBy(this::keep).matches(AdapterException::retryable);
        assertThat(isKept()).isFalse();
    }

    @Test
    void a_lost_answer_keeps_everything() {
        scripted.loseNextAnswer();

        assertThatExceptionOfType(AdapterException.class).isThrownBy(this::keep).matches(AdapterException::retryable);
        assertThat(isKept()).isTrue();
    }

    private void keep() {
        boolean committed = scripted.transact(session -> {
            session.keep(MANIFEST);
            return true;
        });
        assertThat(committed).isTrue();
    }

    private boolean isKept() {
        return scripted.reader().manifest(MANIFEST.digest()).isPresent();
    }
}
