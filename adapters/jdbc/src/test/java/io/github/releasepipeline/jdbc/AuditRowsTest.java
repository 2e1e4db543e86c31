package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.tck.Sample;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditRowsTest {
    private static final ReleaseId RELEASE = new ReleaseId("r-1");

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_record_is_not_taken_for_another_one_in_its_place(DataSource source) {
        AuditRecord stored = Sample.record(ChainHead.empty(), RELEASE, new ReleaseEvent.Readied());
        AuditRecord other = Sample.record(ChainHead.empty(), RELEASE, new ReleaseEvent.Expired());
        try (JdbcPipelineStore store = JdbcPipelineStore.on(source);
                Database database = Databases.on(source, new StoreOptions())) {
            boolean appended = store.transact(session -> {
                session.append(List.of(stored));
                return true;
            });
            assertThat(appended).isTrue();
            assertThat(holds(database, stored)).isTrue();
            assertThat(holds(database, other)).isFalse();
        }
    }

    private static boolean holds(Database database, AuditRecord record) {
        return database.read(sql -> AuditRows.holds(sql, "default", record));
    }
}
