package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.audit.ChainVerifier;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.store.PipelineSession;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.tck.Sample;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Every round trip of every sort of call is cut once: before the server sees it, within it, and before its answer comes. There
 * is no pool, whose own round trips would be counted with the others.
 */
class CutStatementTest {
    private static final Release RELEASE = Sample.release("r-1").build();
    private static final Manifest MANIFEST = Sample.manifest("flows/a.json", "flows/b.json");

    private final PGSimpleDataSource database = (PGSimpleDataSource) PostgresServer.newDatabase();
    private final CuttingProxy proxy = new CuttingProxy(database.getPortNumbers()[0]);
    private final JdbcPipelineStore direct = JdbcPipelineStore.on(database);
    private final JdbcPipelineStore cut = JdbcPipelineStore.on(proxy.way(database));

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                write("a first save", store -> {}, CutStatementTest::save, store -> revision(store) == 1),
                write("a save", store -> save(store), CutStatementTest::save, store -> revision(store) == 2),
                write(
                        "a save after a look at what was locked for it",
                        store -> {},
                        store -> store.transact(session -> {
                            session.keep(MANIFEST);
                            session.openChangeSetBy(Sample.ALICE);
                            return advance(session);
                        }),
                        store -> revision(store) == 1
                                && store.reader().manifest(MANIFEST.digest()).isPresent()));
    }

    private static Arguments write(
            String name,
            Consumer<PipelineStore> given,
            Consumer<PipelineStore> write,
            Predicate<PipelineStore> written) {
        return Arguments.of(name, given, write, written);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void a_write_that_is_cut_is_done_or_not_and_says_which(
            String name,
            Consumer<PipelineStore> given,
            Consumer<PipelineStore> write,
            Predicate<PipelineStore> written) {
        int trips = trips(given, write);
        assertThat(trips).isPositive();
        for (CuttingProxy.Cut when : CuttingProxy.Cut.values()) {
            for (int trip = 0; trip < trips; trip++) {
                String place = name + " cut " + when + " round trip " + trip + " of " + trips;
                String pipeline = "w-" + when.ordinal() + "-" + trip;
                JdbcPipelineStore here = cut.pipeline(pipeline);
                given.accept(here);

                proxy.arm(trip, when);
                Optional<AdapterException> failure = failure(() -> write.accept(here));
                proxy.disarm();

                JdbcPipelineStore elsewhere = direct.pipeline(pipeline);
                boolean lostAnswer = when == CuttingProxy.Cut.AFTER && trip == trips - 1;
                assertThat(failure.isEmpty()).as(place).isEqualTo(lostAnswer);
                failure.ifPresent(error ->
                        assertThat(error.retryable()).as("%s: %s", place, error).isTrue());
                assertThat(written.test(elsewhere)).as(place).isEqualTo(lostAnswer);
                if (!lostAnswer) {
                    assertThatCode(() -> write.accept(here)).as(place).doesNotThrowAnyException();
                }
                assertThat(written.test(elsewhere)).as(place).isTrue();
                assertComplete(elsewhere, place);
            }
        }
    }

    private static void assertComplete(PipelineStore store, String place) {
        ChainVerifier verifier = new ChainVerifier(List.of());
        store.audit().scan(verifier);
        AuditReport report = verifier.report();
        assertThat(report.problems()).as(place).isEmpty();
        long revision = revision(store);
        assertThat(report.records()).as(place).isEqualTo(revision);
        assertThat(store.logs().after(RELEASE.id(), 0, 10)).as(place).hasSize((int) revision);
        assertThat(store.outbox().take("slack", Sample.NOW, Sample.NOW.plusSeconds(60), 10))
                .as(place)
                .hasSize(1); // the first one; the next one of the same release has to wait
    }

    static Stream<Arguments> reads() {
        return Stream.of(
                read("a snapshot", store -> store.reader().find(RELEASE.id())),
                read("a manifest", store -> store.reader().manifest(MANIFEST.digest())),
                read("a page", store -> store.tables().releases(PipelineFilter.all(), PageRequest.first(5))),
                read("a chain", store -> store.audit().of(RELEASE.id())),
                read("the newest records", store -> store.audit().newest(Optional.empty(), PageRequest.first(5))),
                read("a log", store -> store.logs().after(RELEASE.id(), 0, 5)),
                read("the sinks", store -> store.outbox().sinks()),
                read("the dead letters", store -> store.outbox().buried(PageRequest.first(5))));
    }

    private static Arguments read(String name, Consumer<PipelineStore> read) {
        return Arguments.of(name, read);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("reads")
    void a_read_that_is_cut_is_read_again(String name, Consumer<PipelineStore> read) {
        save(direct);
        int trips = trips(store -> {}, read);
        assertThat(trips).isPositive();
        for (CuttingProxy.Cut when : CuttingProxy.Cut.values()) {
            for (int trip = 0; trip < trips; trip++) {
                proxy.arm(trip, when);
                assertThatCode(() -> read.accept(cut))
                        .as("%s cut %s %d", name, when, trip)
                        .doesNotThrowAnyException();
                assertThat(proxy.disarm()).isGreaterThan(trip);
            }
        }
    }

    static Stream<Arguments> deliveries() {
        return Stream.of(
                delivery("taken", (store, letter) -> {}),
                delivery("delivered", (store, letter) -> store.outbox().delivered(letter)),
                delivery(
                        "postponed",
                        (store, letter) -> store.outbox().postpone(letter, Sample.NOW.plusSeconds(5), "busy")),
                delivery("given back", (store, letter) -> store.outbox().release(letter, Sample.NOW)),
                delivery("buried and sent again", (store, letter) -> {
                    store.outbox().bury(letter, "gone");
                    store.outbox().resend(letter);
                }));
    }

    /** What is done with a letter. */
    private interface Delivery {
        void of(PipelineStore store, Letter letter);
    }

    private static Arguments delivery(String name, Delivery delivery) {
        return Arguments.of(name, delivery);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deliveries")
    void a_delivery_that_is_cut_can_be_done_again_and_no_letter_is_lost(String name, Delivery delivery) {
        int trips = trips(CutStatementTest::save, store -> deliver(store, delivery));
        assertThat(trips).isPositive();
        for (CuttingProxy.Cut when : CuttingProxy.Cut.values()) {
            for (int trip = 0; trip < trips; trip++) {
                String place = name + " cut " + when + " round trip " + trip + " of " + trips;
                JdbcPipelineStore here = cut.pipeline("d-" + when.ordinal() + "-" + trip);
                save(here);

                proxy.arm(trip, when);
                Optional<AdapterException> failure = failure(() -> deliver(here, delivery));
                proxy.disarm();

                failure.ifPresent(error ->
                        assertThat(error.retryable()).as("%s: %s", place, error).isTrue());
                if (name.equals("delivered")) {
                    assertThat(failure.isPresent() || !isKept(here)).as(place).isTrue();
                } else {
                    assertThat(isKept(here)).as(place).isTrue();
                }
            }
        }
    }

    /** Looks without a lock: the server may not have noticed yet that the connection of another one is gone. */
    private static boolean isKept(PipelineStore store) {
        return store.outbox().sinks().contains("slack")
                || !store.outbox().buried(PageRequest.first(1)).rows().isEmpty();
    }

    private static void deliver(PipelineStore store, Delivery delivery) {
        taken(store, Sample.NOW).ifPresent(letter -> delivery.of(store, letter));
    }

    private static Optional<Letter> taken(PipelineStore store, Instant now) {
        return store.outbox().take("slack", now, now.plusSeconds(60), 1).stream()
                .findFirst();
    }

    /** How many round trips it takes; connections that were lost before it are replaced first. */
    private int trips(Consumer<PipelineStore> given, Consumer<PipelineStore> call) {
        JdbcPipelineStore store = cut.pipeline("counted");
        given.accept(store);
        proxy.arm(Integer.MAX_VALUE, CuttingProxy.Cut.BEFORE);
        call.accept(store);
        return proxy.disarm();
    }

    private static Optional<AdapterException> failure(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (AdapterException e) {
            return Optional.of(e);
        }
    }

    private static long revision(PipelineStore store) {
        return store.reader().find(RELEASE.id()).map(Stored::revision).orElse(0L);
    }

    private static void save(PipelineStore store) {
        store.transact(CutStatementTest::advance);
    }

    private static long advance(PipelineSession session) {
        Stored<Release> before = session.find(RELEASE.id()).orElseGet(() -> Stored.unsaved(RELEASE));
        AuditRecord record = Sample.record(
                before.revision() == 0 ? ChainHead.empty() : before.head(), RELEASE.id(), new ReleaseEvent.Readied());
        session.save(RELEASE.id(), before.next(RELEASE, record.head()));
        session.append(List.of(record));
        session.post(List.of(new Letter("slack", record, 0)));
        session.log(List.of(Sample.line(RELEASE.id(), "line")));
        return record.sequence();
    }
}
