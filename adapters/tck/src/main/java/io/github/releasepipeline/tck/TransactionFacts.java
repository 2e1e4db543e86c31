package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.version.MissingHotfix;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts about transactions: what is saved is found, all of it or nothing. */
abstract class TransactionFacts extends StoreFacts {
    private static final Release RELEASE = Sample.release("r-1").build();

    @Test
    void a_pull_request_is_found_as_it_was_saved() {
        RichSamples.pullRequests().forEach(snapshot -> foundAsSaved(snapshot.id(), snapshot));
    }

    @Test
    void a_change_set_in_any_state_is_found_as_it_was_saved() {
        for (ChangeSet snapshot : RichSamples.changeSets()) {
            foundAsSaved(snapshot.id(), snapshot);
        }
    }

    @Test
    void a_version_in_any_state_is_found_as_it_was_saved() {
        int minor = 0;
        for (VersionState state : RichSamples.versionStates()) {
            minor++;
            Version snapshot = Sample.version("v-" + minor, Sample.number(1, minor, 0, "rc." + minor))
                    .state(state)
                    .hotfix(Sample.number(1, 0, 0))
                    .missing(
                            new MissingHotfix(new VersionId("h-1"), Sample.number(0, 9, 1), Optional.of("as #7")),
                            new MissingHotfix(new VersionId("h-2"), Sample.number(0, 9, 2), Optional.empty()))
                    .build();
            foundAsSaved(snapshot.id(), snapshot);
        }
    }

    @Test
    void a_release_in_any_state_is_found_as_it_was_saved() {
        RichSamples.releases().forEach(snapshot -> foundAsSaved(snapshot.id(), snapshot));
    }

    @Test
    void an_environment_is_found_as_it_was_saved() {
        foundAsSaved(RichSamples.environment().id(), RichSamples.environment());
        Environment fresh = Environment.fresh(Sample.STAGING);
        foundAsSaved(fresh.id(), fresh);
    }

    @Test
    void a_sync_point_is_found_as_it_was_saved() {
        SyncPoint snapshot = new SyncPoint("acme/flows", "cursor:42|'\"", Sample.NOW, Sample.NOW, true);
        foundAsSaved(snapshot.id(), snapshot);
    }

    private <S> void foundAsSaved(SubjectId<S> id, S snapshot) {
        Stored<S> first =
                new Stored<>(snapshot, 1, new ChainHead(3, Manifest.empty().digest()));
        inTransaction(session -> session.save(id, first));

        assertThat(store.reader().find(id)).contains(first);
        assertThat(store.<Optional<Stored<S>>>transact(session -> session.find(id)))
                .contains(first);
    }

    @Test
    void what_was_never_saved_is_not_found() {
        save(RELEASE);

        assertThat(store.reader().find(Sample.release("r-2").build().id())).isEmpty();
        assertThat(store.reader().find(Sample.changeSet("r-1").build().id())).isEmpty();
        assertThat(store.reader().find(Environment.fresh(Sample.STAGING).id())).isEmpty();
    }

    @Test
    void what_was_committed_here_is_what_was_seen_last_and_what_was_never_saved_was_not_seen() {
        assertThat(store.reader().seen(RELEASE.id())).isEmpty();
        save(RELEASE);
        assertThat(store.reader().seen(RELEASE.id()).orElseThrow().snapshot()).isEqualTo(RELEASE);
        Release done = Sample.release("r-1")
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build();
        save(done);
        assertThat(store.reader().seen(RELEASE.id())).contains(new Stored<>(done, 2, ChainHead.empty()));
    }

    @Test
    void each_save_replaces_the_snapshot_and_raises_the_revision() {
        Release done = Sample.release("r-1")
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build();
        save(RELEASE);
        save(done);

        assertThat(store.reader().find(RELEASE.id())).contains(new Stored<>(done, 2, ChainHead.empty()));
    }

    @Test
    void a_revision_that_is_not_the_next_one_is_a_concurrent_update_and_changes_nothing() {
        save(RELEASE);
        save(RELEASE);
        Release other = Sample.release("r-1")
                .state(new ReleaseState.Expired(Sample.NOW))
                .build();

        for (long revision : new long[] {0, 1, 2, 4, 100}) {
            assertThatExceptionOfType(ConcurrentUpdateException.class)
                    .as("revision %d", revision)
                    .isThrownBy(() -> inTransaction(
                            session -> session.save(other.id(), new Stored<>(other, revision, ChainHead.empty()))));
        }

        assertThat(store.reader().find(RELEASE.id())).contains(new Stored<>(RELEASE, 2, ChainHead.empty()));
        assertThat(releases()).containsExactly(RELEASE);
    }

    @Test
    void the_first_revision_of_a_new_thing_is_1() {
        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> inTransaction(
                        session -> session.save(RELEASE.id(), new Stored<>(RELEASE, 2, ChainHead.empty()))));
        assertThat(store.reader().find(RELEASE.id())).isEmpty();
    }

    @Test
    void a_concurrent_update_undoes_the_rest_of_its_transaction() {
        save(RELEASE);

        assertThatExceptionOfType(ConcurrentUpdateException.class)
                .isThrownBy(() -> inTransaction(session -> {
                    fillWithEverything(session);
                    session.save(RELEASE.id(), new Stored<>(RELEASE, 1, ChainHead.empty()));
                }));

        assertNothingOfEverything();
        assertNoLetters();
    }

    @Test
    void what_the_work_returns_is_returned() {
        Object result = new Object();

        assertThat(store.<Object>transact(session -> result)).isSameAs(result);
    }

    @Test
    void what_the_work_throws_is_passed_on_and_nothing_is_kept() {
        RuntimeException exception = new UnsupportedOperationException("on purpose");
        Error error = new AssertionError("on purpose");

        assertThat(catchThrowable(() -> inTransaction(session -> {
                    fillWithEverything(session);
                    throw exception;
                })))
                .isSameAs(exception);
        assertThat(catchThrowable(() -> inTransaction(session -> {
                    fillWithEverything(session);
                    throw error;
                })))
                .isSameAs(error);

        assertNothingOfEverything();
        assertNoLetters();
        inTransaction(TransactionFacts::fillWithEverything);
        assertThat(store.logs().after(everything().id(), 0, 10))
                .as("the sequence of a line that was rolled back is used by the next one")
                .extracting("sequence")
                .containsExactly(1L);
    }

    @Test
    void others_do_not_see_what_is_not_committed() {
        inTransaction(session -> {
            fillWithEverything(session);
            atOnce(List.of(() -> {
                assertNothingOfEverything();
                return true;
            }));
        });

        assertThat(store.reader().find(everything().id())).isPresent();
    }

    @Test
    void what_is_committed_is_seen_everywhere_at_once() {
        inTransaction(TransactionFacts::fillWithEverything);

        assertThat(store.reader().find(everything().id())).isPresent();
        assertThat(releases()).containsExactly(everything());
        assertThat(store.audit().of(everything().id())).hasSize(1);
        assertThat(store.logs().after(everything().id(), 0, 10)).hasSize(1);
        assertThat(store.reader().manifest(MANIFEST.digest())).contains(MANIFEST);
        assertThat(store.outbox().take("slack", Sample.NOW, Sample.NOW.plusSeconds(60), 10))
                .hasSize(1);
    }

    @Test
    void a_thread_sees_what_it_committed_before() {
        for (int revision = 1; revision <= 50; revision++) {
            save(RELEASE);
            assertThat(store.reader().find(RELEASE.id()).orElseThrow().revision())
                    .isEqualTo(revision);
        }
    }

    @Test
    void closing_twice_is_closing_once() {
        store.close();
        store.close();
    }

    private static final Manifest MANIFEST = Sample.manifest("workflows/everything.json");

    private static Release everything() {
        return Sample.release("r-everything").build();
    }

    private static void fillWithEverything(PipelineSession session) {
        Release release = everything();
        AuditRecord record = Sample.record(ChainHead.empty(), release.id(), new ReleaseEvent.Readied());
        session.keep(MANIFEST);
        session.save(release.id(), new Stored<>(release, 1, record.head()));
        session.append(List.of(record));
        session.post(List.of(new Letter("slack", record, 0)));
        session.log(List.of(Sample.line(release.id(), "begun")));
    }

    private void assertNothingOfEverything() {
        Release release = everything();
        assertThat(store.reader().find(release.id())).isEmpty();
        assertThat(releases()).doesNotContain(release);
        assertThat(store.audit().of(release.id())).isEmpty();
        assertThat(store.audit().newest(Optional.empty(), PageRequest.first(10)).rows())
                .isEmpty();
        assertThat(store.logs().after(release.id(), 0, 10)).isEmpty();
        assertThat(store.reader().manifest(MANIFEST.digest())).isEmpty();
    }

    private void assertNoLetters() {
        assertThat(store.outbox().take("slack", Sample.NOW, Sample.NOW.plusSeconds(60), 10))
                .isEmpty();
    }

    private List<Release> releases() {
        return store.tables()
                .releases(PipelineFilter.all(), PageRequest.first(100))
                .rows();
    }
}
