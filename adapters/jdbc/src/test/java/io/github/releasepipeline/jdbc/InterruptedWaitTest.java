package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Deployment;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for a release and is interrupted, on a store that gives no connection to interrupted threads. */
@Timeout(60)
class InterruptedWaitTest {
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    Path folder;

    private final CountDownLatch backup = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private Nodes nodes;
    private Deployment running;

    @BeforeEach
    void start() throws InterruptedException {
        nodes = new Nodes(JdbcPipelineStore.embedded(folder.resolve("store.db")));
        nodes.first.before(Step.BACKUP, () -> {
            backup.countDown();
            wait(go);
        });
        ActingPipeline alice = nodes.start(wiring -> wiring).as(ALICE);
        long number = nodes.merged();
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("New", wish -> wish.pullRequests(number));
        Version version = alice.versions().publish(set.id());
        running = alice.releases()
                .deploy(alice.releases().request(version.id(), "first").id());
        backup.await();
    }

    @AfterEach
    void close() {
        Thread.interrupted(); // of a test that failed
        go.countDown();
        nodes.close();
        nodes.store.close();
    }

    @Test
    void who_is_interrupted_gets_the_release_as_it_is_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        Release meanwhile = running.await(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(meanwhile.state().kind()).isEqualTo(Kind.IN_PROGRESS);
    }

    @Test
    void who_is_interrupted_gets_every_line_that_was_written_before() {
        List<Long> seen = new ArrayList<>();
        running.onLog(line -> seen.add(line.sequence()));

        Thread.currentThread().interrupt();
        running.await(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen)
                .hasSameSizeAs(nodes.store.logs().after(running.id(), 0, 500))
                .isNotEmpty();
    }

    @Test
    void who_is_interrupted_while_the_lines_are_read_gets_the_release_too() {
        running.onLog(line -> Thread.currentThread().interrupt());

        Release meanwhile = running.await(LONG);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(meanwhile.state().kind()).isEqualTo(Kind.IN_PROGRESS);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
