package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a rollback takes on the embedded database when its target has next to nothing to do. */
class RollbackShareTest {
    private static final int TIMES = 5;
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void the_engines_own_share_of_a_rollback_is_under_a_second() {
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(folder.resolve("store.db"));
                Nodes nodes = new Nodes(store)) {
            ActingPipeline alice = nodes.start(wiring -> wiring).as(Nodes.ALICE);
            deployed(nodes, alice);
            Duration quickest = IntStream.range(0, TIMES)
                    .mapToObj(i -> rolledBack(alice, deployed(nodes, alice)))
                    .min(Duration::compareTo)
                    .orElseThrow();
            assertThat(quickest).isLessThan(Duration.ofSeconds(1));
        }
    }

    private static ReleaseId deployed(Nodes nodes, ActingPipeline alice) {
        long number = nodes.merged();
        alice.pullRequests().synchronize();
        Version version = alice.versions()
                .publish(alice.changeSets()
                        .create("Set of " + number, set -> set.pullRequests(number))
                        .id());
        ReleaseId id = alice.releases().request(version.id(), "first").id();
        assertThat(alice.releases().deploy(id).await(LONG).succeeded()).isTrue();
        return id;
    }

    private static Duration rolledBack(ActingPipeline alice, ReleaseId id) {
        long begin = System.nanoTime();
        Release rollback = alice.releases().rollback(id, "measured").await(LONG);
        assertThat(rollback.succeeded()).isTrue();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
