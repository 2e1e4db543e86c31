package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.JoiningStore;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link JoiningStore} does. A test of an adapter extends it and gives a host with a new, empty store. */
public abstract class JoiningStoreContract {
    private static final Release RELEASE = Sample.release("r-1").build();

    private Host host;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // there is one before each fact
    protected JoiningStoreContract() {}

    @BeforeEach
    final void begin() {
        host = newHost();
    }

    /** A host that keeps its transaction in the thread. */
    public interface Host {
        /** The store that takes part in the host's transactions. */
        JoiningStore store();

        /** Does work in a transaction of the host, and commits it. */
        void commit(Runnable work);

        /** Does work in a transaction of the host, and rolls it back. */
        void rollBack(Runnable work);
    }

    /** A host with a new, empty store. */
    protected abstract Host newHost();

    private void save() {
        boolean saved = host.store().transact(session -> advance(session) > 0);
        assertThat(saved).isTrue();
    }

    private static long advance(PipelineSession session) {
        Stored<Release> before = session.find(RELEASE.id()).orElseGet(() -> Stored.unsaved(RELEASE));
        session.save(RELEASE.id(), before.next(RELEASE, ChainHead.empty()));
        return before.revision() + 1;
    }

    private long revision() {
        return host.store().reader().find(RELEASE.id()).map(Stored::revision).orElse(0L);
    }

    @Test
    void it_is_in_a_transaction_of_the_host_only_while_that_is_open() {
        assertThat(host.store().inHostTransaction()).isFalse();
        host.commit(() -> assertThat(host.store().inHostTransaction()).isTrue());
        assertThat(host.store().inHostTransaction()).isFalse();
    }

    @Test
    void what_is_saved_in_it_is_seen_there_and_kept_by_its_commit() {
        host.commit(() -> {
            save();
            save();
            assertThat(revision()).isEqualTo(2);
        });
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void what_is_saved_in_it_was_never_saved_if_it_is_rolled_back() {
        save();
        host.rollBack(this::save);
        assertThat(revision()).isEqualTo(1);
        save();
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void a_manifest_that_was_seen_in_it_is_not_there_if_it_is_rolled_back() {
        Manifest manifest = new Manifest(
                List.of(new Item(new ItemId("workflow", "flows/a.json"), Digest.of("written by the host"))));
        host.rollBack(() -> {
            boolean kept = host.store().transact(session -> {
                session.keep(manifest);
                return true;
            });
            assertThat(kept).isTrue();
            assertThat(host.store().reader().manifest(manifest.digest())).contains(manifest);
        });
        assertThat(host.store().reader().manifest(manifest.digest())).isEmpty();
    }

    @Test
    void work_that_fails_undoes_itself_alone() {
        host.commit(() -> {
            save();
            assertThatThrownBy(() -> host.store().transact(session -> {
                        advance(session);
                        throw new IllegalStateException("changed my mind");
                    }))
                    .hasMessage("changed my mind");
            save();
        });
        assertThat(revision()).isEqualTo(2);
    }

    @Test
    void what_is_to_follow_happens_after_the_commit_and_never_without_it() {
        List<String> done = new ArrayList<>();
        host.commit(() -> {
            host.store().afterHostCommit(() -> done.add("after " + revision()));
            save();
            assertThat(done).isEmpty();
        });
        host.rollBack(() -> host.store().afterHostCommit(() -> done.add("never")));
        assertThat(done).containsExactly("after 1");
    }
}
