package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.AuditVisitor;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditScanTest {
    private static final int SUBJECTS = 1_500;

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_trail_of_many_parts_is_told_whole_and_each_chain_ends_with_its_head(DataSource source) {
        JdbcPipelineStore store = JdbcPipelineStore.on(source);
        Set<String> expected = new HashSet<>();
        boolean filled = store.transact(session -> {
            for (int i = 0; i < SUBJECTS; i++) {
                expected.add(fill(session, i));
            }
            return true;
        });
        assertThat(filled).isTrue();

        assertThat(store.audit().seal(Sample.NOW).orElseThrow().heads()).isEqualTo(SUBJECTS - SUBJECTS / 10);
        Chains chains = new Chains();
        store.audit().scan(chains);

        assertThat(chains.ended).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
        assertThat(chains.records).isEqualTo(3 * (SUBJECTS - SUBJECTS / 10));
        assertThat(chains.seals).isEqualTo(SUBJECTS - SUBJECTS / 10);
        assertThat(chains.checkpoints).isEqualTo(1);
    }

    /** Names that sort differently by bytes than by characters are among them; every tenth subject has no records. */
    private static String fill(PipelineSession session, int i) {
        if (i % 10 == 0) {
            Environment environment = Environment.fresh(new EnvironmentName("e" + i));
            session.save(environment.id(), Stored.unsaved(environment).next(environment, ChainHead.empty()));
            return environment.id().reference();
        }
        Release release = Sample.release(
                        List.of("\ue000", "😀", "\ud800", "z", "\\").get(i % 5) + i)
                .build();
        AuditRecord one = Sample.record(ChainHead.empty(), release.id(), new ReleaseEvent.Readied());
        AuditRecord two = Sample.record(one.head(), release.id(), new ReleaseEvent.Queued());
        AuditRecord three = Sample.record(two.head(), release.id(), new ReleaseEvent.Expired());
        session.append(List.of(one, two, three));
        session.save(release.id(), Stored.unsaved(release).next(release, three.head()));
        return release.id().reference();
    }

    private static final class Chains implements AuditVisitor {
        final List<String> ended = new ArrayList<>();
        int records;
        int seals;
        int checkpoints;
        private long length;

        @Override
        public void seal(String subject, long sealed, String hash, long checkpoint) {
            assertThat(length).as(subject).isZero();
            seals++;
        }

        @Override
        public void checkpoint(long number, String canonical, String hash) {
            checkpoints++;
        }

        @Override
        public void record(String subject, long sequence, String canonical, String hash) {
            assertThat(sequence).isEqualTo(length + 1);
            length = sequence;
            records++;
        }

        @Override
        public void end(String subject, Optional<ChainHead> claimed) {
            assertThat(claimed.map(ChainHead::length)).as(subject).contains(length);
            length = 0;
            ended.add(subject);
        }
    }
}
