package io.github.releasepipeline.examples.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.attestation.KeySigner;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.CrashPoints;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing dies at every write to a real database and to a real repository, and two nodes publish at once. */
class PublishOnGitTest {
    private static final KeySigner KEY = key();

    /** With two nodes, every third point in a quick run; all of them with 1. */
    private static final int STEP = Integer.getInteger("publish.step", 3);

    @TempDir
    Path folder;

    @BeforeEach
    void template() throws IOException {
        Publishing.template(folder.resolve("template"));
    }

    @Test
    void on_sqlite_whatever_write_it_dies_at_another_node_completes_it() throws Exception {
        int points = points();
        assertThat(points).isGreaterThan(20);
        for (int point = 1; point <= points; point++) {
            try (JdbcPipelineStore store = sqlite(point);
                    Publishing place = place("sqlite-" + point, store)) {
                ChangeSet set = place.set(1);
                ActingPipeline dying = place.node(Publishing.ONE, CrashPoints.dyingAt(point));
                assertThatThrownBy(() -> Publishing.publish(dying, set)).isInstanceOf(CrashPoints.Crash.class);
                place.endsWell(set);
            }
        }
    }

    @Test
    void on_postgresql_one_of_two_nodes_dies_while_both_publish_the_same_set() throws Exception {
        twoNodes("same", 1, (place, first, second) -> new ChangeSet[] {first, first});
    }

    @Test
    void on_postgresql_one_of_two_nodes_dies_while_they_publish_different_sets() throws Exception {
        twoNodes("different", 2, (place, first, second) -> new ChangeSet[] {first, second});
    }

    private interface Sets {
        ChangeSet[] of(Publishing place, ChangeSet first, ChangeSet second);
    }

    private void twoNodes(String name, int begin, Sets sets) throws Exception {
        int points = points();
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            for (int point = begin; point <= points + 1; point += STEP) {
                JdbcPipelineStore store =
                        JdbcPipelineStore.on(server.getPostgresDatabase()).pipeline(name + point);
                try (Publishing place = place(name + "-" + point, store)) {
                    ChangeSet first = place.set(1);
                    ChangeSet second = place.set(2);
                    ChangeSet[] chosen = sets.of(place, first, second);
                    atOnce(
                            place.node(Publishing.ONE, CrashPoints.dyingAt(point)),
                            chosen[0],
                            place.node(Publishing.TWO, CrashPoints.counting()),
                            chosen[1]);
                    place.endsWell(first, second);
                }
            }
        }
    }

    private static void atOnce(ActingPipeline dying, ChangeSet one, ActingPipeline living, ChangeSet other)
            throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Future<?> first = threads.submit(() -> attempt(go, dying, one));
        Future<?> second = threads.submit(() -> attempt(go, living, other));
        go.countDown();
        first.get();
        second.get();
        threads.shutdown();
    }

    /** It publishes, or it dies, or the other one is in the way. */
    private static Object attempt(CountDownLatch go, ActingPipeline node, ChangeSet set) throws InterruptedException {
        go.await();
        try {
            return Publishing.publish(node, set);
        } catch (CrashPoints.Crash | RefusedException | AdapterException e) {
            return e;
        }
    }

    private int points() throws Exception {
        CrashPoints process = CrashPoints.counting();
        try (JdbcPipelineStore store = sqlite(0);
                Publishing place = place("counting-" + System.identityHashCode(process), store)) {
            Publishing.publish(place.node(Publishing.ONE, process), place.set(1));
        }
        return process.passed();
    }

    private Publishing place(String name, JdbcPipelineStore store) throws IOException {
        return new Publishing(folder.resolve("template"), folder.resolve(name), store, KEY);
    }

    private JdbcPipelineStore sqlite(int number) {
        return JdbcPipelineStore.embedded(folder.resolve("store-" + number + ".db"));
    }

    private static KeySigner key() {
        try {
            return KeySigner.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
