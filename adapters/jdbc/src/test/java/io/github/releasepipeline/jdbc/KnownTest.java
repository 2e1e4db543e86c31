package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.github.releasepipeline.attestation.Envelope;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node has seen before is worth nothing when another node has changed it. */
class KnownTest {
    private static final Release WAITING = Sample.release("r-1").build();
    private static final Release OTHER = Sample.release("r-2").build();
    private static final Release DONE =
            Sample.release("r-1").state(new ReleaseState.Succeeded(Sample.NOW)).build();

    private final DataSource database = PostgresServer.newDatabase();
    private final HikariDataSource pool = PostgresServer.pool(database);
    private final CountingSource counting = new CountingSource(pool);
    private final JdbcPipelineStore here = JdbcPipelineStore.on(counting.source());
    private final JdbcPipelineStore elsewhere = JdbcPipelineStore.on(pool);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void a_refusal_because_of_what_is_not_so_any_more_is_a_concurrent_update() {
        here.transact(session -> save(session, WAITING));
        elsewhere.transact(session -> save(session, DONE));

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> here.transact(KnownTest::refusedUnlessDone))
                .satisfies(error -> assertThat(error.getSuppressed())
                        .singleElement()
                        .isInstanceOf(UnsupportedOperationException.class));
        assertThat(here.<Boolean>transact(KnownTest::refusedUnlessDone)).isTrue();
    }

    @Test
    void a_refusal_by_the_database_because_of_what_others_did_is_a_concurrent_update() {
        Version draft = Sample.version("v-1", Sample.number(1, 0, 0))
                .state(new VersionState.Draft())
                .build();
        Version published = Sample.version("v-1", Sample.number(1, 0, 0)).build();
        Envelope attestation = new Envelope("type", "{}", List.of());
        saveVersion(here, draft);
        saveVersion(elsewhere, published);

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> here.transact(session -> {
                    assertThat(session.find(draft.id())).map(Stored::snapshot).contains(draft);
                    session.keep(draft.id(), attestation);
                    return true;
                }));
        assertThat(here.reader().find(draft.id())).map(Stored::snapshot).contains(published);
    }

    private static void saveVersion(JdbcPipelineStore store, Version version) {
        boolean saved = store.transact(session -> {
            Stored<Version> before = session.find(version.id()).orElseGet(() -> Stored.unsaved(version));
            session.save(version.id(), before.next(version, ChainHead.empty()));
            return true;
        });
        assertThat(saved).isTrue();
    }

    @Test
    void a_refusal_because_of_what_is_still_so_is_passed_on() {
        here.transact(session -> save(session, WAITING));

        assertThatThrownBy(() -> here.transact(KnownTest::refusedUnlessDone))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static boolean refusedUnlessDone(PipelineSession session) {
        if (session.find(WAITING.id()).orElseThrow().snapshot().equals(DONE)) {
            return true;
        }
        throw new UnsupportedOperationException("not done");
    }

    @Test
    void what_was_decided_upon_something_that_is_not_so_any_more_is_not_saved() {
        here.transact(session -> save(session, WAITING));
        elsewhere.transact(session -> save(session, DONE));

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> here.transact(session -> {
                    session.find(WAITING.id());
                    return save(session, OTHER);
                }));
        assertThat(here.reader().find(OTHER.id())).isEmpty();
        here.transact(session -> {
            session.find(WAITING.id());
            return save(session, OTHER);
        });
        assertThat(elsewhere.reader().find(OTHER.id())).isPresent();
    }

    @Test
    void what_a_transaction_only_looked_at_is_so_when_it_ends() {
        here.transact(session -> save(session, WAITING));
        elsewhere.transact(session -> save(session, DONE));

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> here.transact(session -> session.find(WAITING.id())));
        assertThat(here.<Optional<Stored<Release>>>transact(session -> session.find(WAITING.id())))
                .map(Stored::snapshot)
                .contains(DONE);
    }

    @Test
    void a_read_finds_what_another_node_saved() {
        here.transact(session -> save(session, WAITING));
        elsewhere.transact(session -> save(session, DONE));

        assertThat(here.reader().find(WAITING.id())).map(Stored::snapshot).contains(DONE);
    }

    @Test
    void what_was_seen_last_is_told_without_asking_the_database_and_read_if_nothing_was() {
        elsewhere.transact(session -> save(session, WAITING));
        assertThat(here.reader().seen(WAITING.id()).orElseThrow().snapshot()).isEqualTo(WAITING);
        elsewhere.transact(session -> save(session, DONE));
        int before = counting.statements();

        assertThat(here.reader().seen(WAITING.id()).orElseThrow().snapshot()).isEqualTo(WAITING);

        assertThat(counting.statements()).isEqualTo(before);
        assertThat(here.reader().find(WAITING.id()).orElseThrow().snapshot()).isEqualTo(DONE);
        assertThat(here.reader().seen(WAITING.id()).orElseThrow().snapshot()).isEqualTo(DONE);
    }

    @Test
    void a_database_that_lost_a_commit_and_counted_to_the_same_revision_again_is_noticed() throws SQLException {
        here.transact(session -> save(session, WAITING));
        run("update release_pipeline_release set chain_hash = '" + "e".repeat(64) + "'");

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> here.transact(session -> save(session, DONE)));
        assertThat(here.<Long>transact(session -> save(session, DONE))).isEqualTo(2);
    }

    @Test
    void a_transition_of_what_is_known_is_one_statement() {
        here.transact(session -> save(session, WAITING));
        here.transact(session -> save(session, OTHER));
        counting.reset();

        here.transact(session -> {
            session.find(OTHER.id());
            AuditRecord record = Sample.record(ChainHead.empty(), WAITING.id(), new ReleaseEvent.Readied());
            session.append(List.of(record));
            session.post(List.of(new Letter("slack", record, 0)));
            session.log(List.of(Sample.line(WAITING.id(), "one"), Sample.line(WAITING.id(), "two")));
            return save(session, DONE);
        });

        assertThat(counting.statements()).isEqualTo(1);
        assertThat(elsewhere.reader().find(WAITING.id())).map(Stored::snapshot).contains(DONE);
        assertThat(elsewhere.audit().of(WAITING.id())).hasSize(1);
        assertThat(elsewhere.outbox().take("slack", Sample.NOW, Sample.NOW.plusSeconds(1), 9))
                .hasSize(1);
        assertThat(elsewhere.logs().after(WAITING.id(), 0, 9)).hasSize(2);
    }

    @Test
    void lines_of_one_transaction_are_numbered_in_their_order_however_many_and_whatever_comes_between() {
        here.transact(session -> {
            session.log(List.of(Sample.line(WAITING.id(), "1"), Sample.line(OTHER.id(), "1")));
            session.log(List.of(Sample.line(WAITING.id(), "2")));
            session.changes(new VersionId("v-1")); // a look-up, after what was put off
            session.log(IntStream.rangeClosed(3, 40)
                    .mapToObj(number -> Sample.line(WAITING.id(), "" + number))
                    .toList());
            return true;
        });
        here.transact(session -> {
            session.log(List.of(Sample.line(WAITING.id(), "41")));
            return true;
        });

        List<LogLine> lines = here.logs().after(WAITING.id(), 0, 100);
        assertThat(lines)
                .hasSize(41)
                .allSatisfy(line -> assertThat(line.entry().text()).isEqualTo("" + line.sequence()));
        assertThat(here.logs().after(OTHER.id(), 0, 100)).hasSize(1);
    }

    @Test
    void a_letter_of_a_record_that_was_not_appended_is_refused() {
        AuditRecord record = Sample.record(ChainHead.empty(), WAITING.id(), new ReleaseEvent.Readied());

        assertThatThrownBy(() -> here.transact(session -> {
                    session.post(List.of(new Letter("slack", record, 0)));
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not appended");
    }

    @Test
    void no_more_than_five_hundred_are_remembered() {
        Known known = new Known();
        for (int i = 0; i <= 500; i++) {
            Release release = Sample.release("r-" + i).build();
            known.keep(release.id(), new Known.Entry<>(Stored.unsaved(release), "{}"));
        }

        assertThat(known.find(Sample.release("r-0").build().id())).isEmpty();
        assertThat(known.find(Sample.release("r-1").build().id())).isPresent();
        assertThat(known.find(Sample.release("r-500").build().id())).isPresent();
    }

    @Test
    void an_older_revision_does_not_replace_a_newer_one() {
        Known known = new Known();
        known.keep(WAITING.id(), new Known.Entry<>(new Stored<>(DONE, 2, ChainHead.empty()), "new"));
        known.keep(WAITING.id(), new Known.Entry<>(new Stored<>(WAITING, 1, ChainHead.empty()), "old"));

        assertThat(known.find(WAITING.id())).map(Known.Entry::text).contains("new");
        known.forget(WAITING.id());
        assertThat(known.find(WAITING.id())).isEmpty();
    }

    private static long save(PipelineSession session, Release release) {
        Stored<Release> before = session.find(release.id()).orElseGet(() -> Stored.unsaved(release));
        session.save(release.id(), before.next(release, ChainHead.empty()));
        return before.revision() + 1;
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
