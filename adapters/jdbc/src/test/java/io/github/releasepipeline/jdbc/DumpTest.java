package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DumpTest {
    private static final PageRequest ALL = PageRequest.first(50);

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_dump_that_is_restored_elsewhere_verifies_and_goes_on(DataSource source) throws SQLException {
        try (Nodes nodes = new Nodes(JdbcPipelineStore.on(source))) {
            // given
            ActingPipeline before = nodes.start(wiring -> wiring).as(ALICE);
            Version first = published(nodes, before);
            Release live = deployed(before, first);
            // when
            JdbcPipelineStore restored = JdbcPipelineStore.on(Dump.restored(source));
            ActingPipeline after = nodes.start(restored, wiring -> wiring).as(ALICE);
            // then
            assertThat(after.audit().verify()).isEqualTo(before.audit().verify());
            assertThat(after.audit().verify().intact()).isTrue();
            assertThat(after.versions().verify(first.id())).isEmpty();
            assertThat(after.releases().get(live.id()))
                    .isEqualTo(before.releases().get(live.id()));
            assertThat(after.releases().list(PipelineFilter.all(), ALL))
                    .isEqualTo(before.releases().list(PipelineFilter.all(), ALL));
            // and
            Version second = published(nodes, after);
            assertThat(second.previous()).contains(first.id());
            assertThat(deployed(after, second).succeeded()).isTrue();
            assertThat(after.audit().verify().intact()).isTrue();
        }
    }

    private static Version published(Nodes nodes, ActingPipeline alice) {
        long number = nodes.merged();
        alice.pullRequests().synchronize();
        ChangeSet set = alice.changeSets().create("New", wish -> wish.pullRequests(number));
        return alice.versions().publish(set.id());
    }

    private static Release deployed(ActingPipeline alice, Version version) {
        Release release = alice.releases().request(version.id(), "first");
        return alice.releases().deploy(release.id()).await(Duration.ofMinutes(1));
    }
}
