package io.github.releasepipeline.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.notify.Letter;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final SettableClock clock = SettableClock.at("2024-03-19T14:23:15Z");
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private final Pulse pulse = new Pulse();
    private final Engine engine = new Engine(store, List.of(), clock, () -> "id", pulse);
    private ChainHead head = ChainHead.empty();

    /** Keeps what arrives, and does first what it is told. */
    private static final class Ear implements Notifier {
        private final String name;
        private final List<String> heard = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private volatile Consumer<Letter> first = letter -> {};

        Ear(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean wants(AuditRecord record) {
            return true;
        }

        @Override
        public void deliver(Letter letter) {
            keys.add(letter.key());
            first.accept(letter);
            heard.add(letter.record().id());
        }
    }

    private final Ear slack = new Ear("slack");
    private final Ear mail = new Ear("mail");

    @Test
    void letters_of_a_subject_arrive_in_order() {
        // given
        post("1", "2", "3");
        Relay relay = relay(slack, mail);
        // when
        drain(relay);
        // then
        assertThat(slack.heard).containsExactly("1", "2", "3");
        assertThat(mail.heard).containsExactly("1", "2", "3");
    }

    @Test
    void a_notifier_that_fails_does_not_delay_another_and_keeps_its_own_order() {
        // given
        slack.first = letter -> {
            throw AdapterException.passing("rate limited", null);
        };
        post("1", "2");
        Relay relay = relay(slack, mail);
        // when
        drain(relay);
        slack.first = letter -> {};
        drain(relay);
        List<String> beforeItsPauseIsOver = List.copyOf(slack.heard);
        clock.advance(Duration.ofSeconds(2));
        drain(relay);
        // then
        assertThat(mail.heard).containsExactly("1", "2");
        assertThat(beforeItsPauseIsOver).isEmpty();
        assertThat(slack.heard).containsExactly("1", "2");
        assertThat(slack.keys).containsExactly("slack/1", "slack/1", "slack/2");
    }

    @Test
    void a_lasting_error_buries_the_letter_and_the_next_one_goes_out() {
        // given
        slack.first = letter -> {
            if (letter.record().id().equals("1")) {
                throw AdapterException.lasting("no such channel", null);
            }
        };
        post("1", "2");
        Relay relay = relay(slack, mail);
        // when
        drain(relay);
        // then
        assertThat(slack.heard).containsExactly("2");
        assertThat(buried()).containsExactly("slack/1");
    }

    @Test
    void a_letter_is_buried_after_its_last_try_and_can_be_sent_again() {
        // given
        slack.first = letter -> {
            throw new IllegalStateException("bug in the notifier");
        };
        post("1");
        Relay relay = relay(slack, mail);
        // when
        for (int day = 0; day < 30; day++) {
            drain(relay);
            clock.advance(Duration.ofHours(1));
        }
        // then
        assertThat(slack.keys).hasSize(12).containsOnly("slack/1");
        assertThat(buried()).containsExactly("slack/1");
        slack.first = letter -> {};
        store.outbox().resend(store.outbox().buried(PageRequest.first(1)).rows().get(0));
        drain(relay);
        assertThat(slack.heard).containsExactly("1");
        assertThat(buried()).isEmpty();
    }

    @Test
    void a_letter_whose_relay_died_comes_again_under_the_same_key() {
        // given
        post("1");
        store.outbox().take(clock.instant(), clock.instant().plus(Duration.ofMinutes(5)), 10);
        Relay second = relay(slack, mail);
        // when
        drain(second);
        List<String> whileTaken = List.copyOf(slack.keys);
        clock.advance(Duration.ofMinutes(5));
        drain(second);
        // then
        assertThat(whileTaken).isEmpty();
        assertThat(slack.keys).containsExactly("slack/1");
    }

    @Test
    void letters_of_a_notifier_that_is_not_configured_any_more_are_buried() {
        // given
        post("1");
        Relay relay = relay(mail);
        // when
        drain(relay);
        // then
        assertThat(mail.heard).containsExactly("1");
        assertThat(buried()).containsExactly("slack/1");
    }

    @Test
    void a_running_relay_brings_what_is_posted_when_something_is_committed() throws InterruptedException {
        // given
        CountDownLatch arrived = new CountDownLatch(1);
        slack.first = letter -> arrived.countDown();
        try (Relay relay = relay(slack, mail)) {
            relay.start();
            // when
            post("1");
            pulse.beat();
            // then
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void an_error_in_a_notifier_does_not_end_the_relay() throws InterruptedException {
        // given
        CountDownLatch arrived = new CountDownLatch(1);
        slack.first = letter -> {
            throw new NoClassDefFoundError("a library is missing");
        };
        mail.first = letter -> {
            if (letter.record().id().equals("2")) {
                arrived.countDown();
            }
        };
        try (Relay relay = relay(slack, mail)) {
            relay.start();
            // when
            post("1");
            pulse.beat();
            post("2");
            pulse.beat();
            // then
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private Relay relay(Notifier... notifiers) {
        return new Relay(store.outbox(), List.of(notifiers), engine, pulse);
    }

    private static void drain(Relay relay) {
        boolean more = true;
        while (more) {
            more = relay.round();
        }
    }

    private List<String> buried() {
        return store.outbox().buried(PageRequest.first(10)).rows().stream()
                .map(Letter::key)
                .toList();
    }

    private void post(String... ids) {
        for (String id : ids) {
            AuditRecord record = AuditRecord.next(
                    head,
                    new EnvironmentId(new EnvironmentName("production")),
                    id,
                    new Stamp(Actor.user("alice"), clock.instant(), Optional.empty()),
                    new EnvironmentEvent.Repaired());
            head = record.head();
            store.transact(session -> {
                session.post(List.of(new Letter("slack", record, 0), new Letter("mail", record, 0)));
                return true;
            });
        }
    }
}
