package io.github.releasepipeline.core.engine;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.RELEASE;
import static io.github.releasepipeline.core.machine.Samples.policy;
import static io.github.releasepipeline.core.machine.Samples.requested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeType;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.core.machine.Samples;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.RecordingNotifier;
import io.github.releasepipeline.memory.ScriptedStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.version.ChangeAttribution;
import io.github.releasepipeline.version.VersionId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Optional<String> NO_REASON = Optional.empty();

    /** Wants the events of one name. */
    private record Ear(String name, String event) implements Notifier {
        @Override
        public boolean wants(Notice notice) {
            return notice.record().event().name().equals(event);
        }

        @Override
        public void deliver(Letter letter, Snapshots now) {}
    }

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00.123456789Z");
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final Pulse pulse = new Pulse();
    private final AtomicInteger ids = new AtomicInteger();
    private final Engine engine = new Engine(
            store,
            List.of(new Ear("slack", "release.readied"), new Ear("email", "release.requested")),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            pulse);

    private Release request() {
        return engine.execute(
                ALICE, Optional.of("why"), unit -> unit.record(ReleaseMachine.MACHINE, RELEASE, requested(policy())));
    }

    private void execute(Consumer<UnitOfWork> work) {
        engine.execute(ALICE, NO_REASON, unit -> {
            work.accept(unit);
            return true;
        });
    }

    @Test
    void a_command_saves_its_snapshots_and_records_at_a_time_in_microseconds() {
        // when
        Release release = request();
        // then
        Stamp stamp = new Stamp(ALICE, Instant.parse("2026-03-01T12:00:00.123456Z"), Optional.of("why"));
        assertThat(engine.get(RELEASE)).isEqualTo(release);
        assertThat(release.requestedAt()).isEqualTo(stamp.at()).isEqualTo(engine.now());
        List<AuditRecord> records = store.audit().of(RELEASE);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).stamp()).isEqualTo(stamp);
        assertThat(records.get(0).id()).isEqualTo("id-1");
        assertThat(store.reader().find(RELEASE).map(Stored::head))
                .contains(records.get(0).head());
        assertThat(engine.newId()).isEqualTo("id-2");
    }

    @Test
    void what_was_ordered_is_doubted_when_nobody_hears_whether_it_was_committed() {
        List<String> heard = new ArrayList<>();
        ScriptedStore unsure = new ScriptedStore(store);
        Engine cut = new Engine(unsure, List.of(), Clock.systemUTC(), () -> "id", new Pulse());
        Consumer<UnitOfWork> order = unit -> {
            unit.afterCommit(() -> heard.add("committed"));
            unit.inDoubt(() -> heard.add("in doubt"));
        };
        unsure.loseNextAnswer();
        assertThatThrownBy(() -> cut.run(ALICE, NO_REASON, order)).isInstanceOf(AdapterException.class);
        assertThat(heard).containsExactly("in doubt");
        cut.run(ALICE, NO_REASON, order);
        assertThat(heard).containsExactly("in doubt", "committed");
        assertThatThrownBy(() -> cut.run(ALICE, NO_REASON, unit -> {
                    order.accept(unit);
                    throw AdapterException.lasting("the forge is gone", null);
                }))
                .isInstanceOf(AdapterException.class);
        assertThat(heard).as("nothing was to be committed yet").hasSize(2);
    }

    @Test
    void several_events_of_one_command_make_one_revision_and_a_chain() {
        request();
        execute(unit -> {
            unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.Readied());
            assertThat(unit.get(RELEASE).state().kind()).isEqualTo(ReleaseState.Kind.READY);
            unit.record(ReleaseMachine.MACHINE, RELEASE, List.of(new ReleaseEvent.Queued()));
        });
        assertThat(store.reader().find(RELEASE).map(Stored::revision)).contains(2L);
        assertThat(store.audit().of(RELEASE))
                .extracting(record -> record.event().name())
                .containsExactly("release.requested", "release.readied", "release.queued");
        assertThat(store.reader().find(RELEASE).map(stored -> stored.head().length()))
                .contains(3L);
    }

    @Test
    void letters_go_to_those_who_want_them() {
        request();
        execute(unit -> unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.Readied()));
        assertThat(Stream.of("email", "slack")
                        .flatMap(sink ->
                                store
                                        .outbox()
                                        .take(sink, engine.now(), engine.now().plusSeconds(60), 10)
                                        .stream()))
                .extracting(
                        letter -> letter.sink() + " " + letter.record().event().name() + " " + letter.tries())
                .containsExactly("email release.requested 0", "slack release.readied 0");
    }

    @Test
    void a_notifier_is_told_which_environment_an_event_concerns() {
        List<String> offered = new ArrayList<>();
        Engine telling = new Engine(
                store,
                List.of(new RecordingNotifier("chat", notice -> {
                    offered.add(notice.record().event().name() + " in "
                            + notice.environment().map(EnvironmentName::value));
                    return false;
                })),
                clock,
                () -> "id-" + ids.incrementAndGet(),
                pulse);
        request();
        telling.execute(ALICE, NO_REASON, unit -> {
            unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.Readied());
            unit.record(
                    EnvironmentMachine.MACHINE,
                    new EnvironmentId(new EnvironmentName("development")),
                    new EnvironmentEvent.HoldPlaced());
            return unit.record(
                    ChangeSetMachine.MACHINE,
                    new ChangeSetId("cs-1"),
                    new ChangeSetEvent.Created("Set", "", ChangeType.FIX, List.of()));
        });

        assertThat(offered)
                .containsExactly(
                        "release.readied in Optional[staging]",
                        "environment.hold-placed in Optional[development]",
                        "change-set.created in Optional.empty");
    }

    @Test
    void a_notifier_that_does_not_say_what_it_wants_gets_everything_and_keeps_nothing_from_being_recorded() {
        // given
        Engine telling = new Engine(
                store,
                List.of(
                        new RecordingNotifier("broken", notice -> {
                            throw new IllegalStateException("no subscription");
                        }),
                        new RecordingNotifier("sound", notice -> true)),
                clock,
                () -> "id-" + ids.incrementAndGet(),
                pulse);
        // when
        telling.execute(ALICE, NO_REASON, unit -> unit.record(ReleaseMachine.MACHINE, RELEASE, requested(policy())));
        // then
        assertThat(store.audit().of(RELEASE)).hasSize(1);
        assertThat(Stream.of("broken", "sound")
                        .flatMap(sink ->
                                store
                                        .outbox()
                                        .take(sink, engine.now(), engine.now().plusSeconds(60), 10)
                                        .stream()))
                .extracting(letter -> letter.sink())
                .containsExactly("broken", "sound");
    }

    @Test
    void a_refusal_changes_nothing_and_says_what_the_rule_said() {
        request();
        long beats = pulse.beats();
        assertThatThrownBy(() -> execute(unit -> {
                    unit.record(ReleaseMachine.MACHINE, RELEASE, new ReleaseEvent.Readied());
                    unit.decide(ReleaseMachine.MACHINE, RELEASE, release -> Decision.refuse("a.rule", "No", "wait"));
                }))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.rule()).isEqualTo("a.rule");
                    assertThat(refused.subject()).isEqualTo("release:r1");
                    assertThat(refused.allowed()).containsExactly("wait");
                })
                .hasMessage("No (allowed now: wait)");
        assertThat(engine.get(RELEASE).state().kind()).isEqualTo(ReleaseState.Kind.PENDING_APPROVAL);
        assertThat(store.audit().of(RELEASE)).hasSize(1);
        assertThat(pulse.beats()).isEqualTo(beats);
    }

    @Test
    void an_accepted_decision_is_recorded_and_one_of_nothing_leaves_all_as_it_is() {
        request();
        Release ready = engine.execute(
                ALICE,
                NO_REASON,
                unit -> unit.decide(
                        ReleaseMachine.MACHINE, RELEASE, release -> Decision.accept(new ReleaseEvent.Readied())));
        assertThat(ready.state().kind()).isEqualTo(ReleaseState.Kind.READY);
        Release same = engine.execute(
                ALICE, NO_REASON, unit -> unit.decide(ReleaseMachine.MACHINE, RELEASE, release -> Decision.accept()));
        assertThat(same).isEqualTo(ready);
        assertThat(store.reader().find(RELEASE).map(Stored::revision)).contains(2L);
    }

    @Test
    void what_is_not_there_is_missed_by_type_and_id() {
        assertThatThrownBy(() -> engine.get(RELEASE))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("There is no release 'r1'");
        assertThatThrownBy(() -> execute(unit -> unit.get(RELEASE))).hasMessage("There is no release 'r1'");
        assertThatThrownBy(() -> execute(unit -> unit.record(ReleaseMachine.MACHINE, RELEASE, List.of())))
                .hasMessage("There is no release 'r1'");
        execute(unit -> assertThat(unit.find(RELEASE)).isEmpty());
    }

    @Test
    void a_decision_is_made_anew_when_somebody_else_was_faster() {
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger followUps = new AtomicInteger();
        String result = engine.execute(ALICE, NO_REASON, unit -> {
            unit.afterCommit(followUps::incrementAndGet);
            if (rounds.incrementAndGet() < 3) {
                throw new ConcurrentUpdateException("release:r1");
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(rounds).hasValue(3);
        assertThat(followUps).hasValue(1);
    }

    @Test
    void it_is_given_up_when_others_are_always_faster() {
        AtomicInteger rounds = new AtomicInteger();
        long before = System.nanoTime();
        assertThatThrownBy(() -> execute(unit -> {
                    rounds.incrementAndGet();
                    throw new ConcurrentUpdateException("release:r1");
                }))
                .isInstanceOf(ConcurrentUpdateException.class);
        assertThat(rounds).hasValue(40);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("each round waits a little longer")
                .isGreaterThan(Duration.ofMillis(300));
    }

    @Test
    void what_follows_is_done_after_the_commit_and_the_beat() {
        List<String> order = new ArrayList<>();
        long beats = pulse.beats();
        execute(unit -> {
            unit.record(ReleaseMachine.MACHINE, RELEASE, requested(policy()));
            unit.afterCommit(() -> order.add("first " + engine.get(RELEASE).id()));
            unit.afterCommit(() -> order.add("second after " + (pulse.beats() - beats) + " beat"));
            order.add("work");
        });
        assertThat(order).containsExactly("work", "first r1", "second after 1 beat");
    }

    @Test
    void what_was_read_elsewhere_is_saved_without_a_record() {
        SyncPoint point = new SyncPoint("acme/flows", "7", Instant.EPOCH, Instant.EPOCH, true);
        execute(unit -> unit.put(point.id(), point));
        assertThat(engine.get(point.id())).isEqualTo(point);
        assertThat(store.audit().of(point.id())).isEmpty();
        request();
        execute(unit -> unit.put(RELEASE, unit.get(RELEASE)));
        assertThat(store.reader().find(RELEASE).map(stored -> stored.head().length()))
                .contains(1L);
    }

    @Test
    void logs_manifests_and_changes_are_kept() {
        request();
        LogEntry line = new LogEntry(RELEASE, engine.now(), 1, Optional.empty(), LogEntry.Level.INFO, "hello");
        VersionId version = new VersionId("v1");
        List<ChangeAttribution> changes =
                List.of(new ChangeAttribution(Samples.created("a"), List.of(7L), Optional.empty(), List.of()));
        execute(unit -> {
            unit.log(line);
            unit.keep(Manifest.empty());
            unit.keep(version, changes);
            assertThat(unit.now()).isEqualTo(unit.stamp().at());
            assertThat(unit.committed().find(new ReleaseId("other"))).isEmpty();
            assertThat(unit.newId()).startsWith("id-");
        });
        assertThat(store.logs().after(RELEASE, 0, 10))
                .extracting(logged -> logged.entry())
                .containsExactly(line);
        assertThat(engine.reader().manifest(Manifest.empty().digest())).contains(Manifest.empty());
        assertThat(engine.reader().changes(version)).isEqualTo(changes);
    }
}
