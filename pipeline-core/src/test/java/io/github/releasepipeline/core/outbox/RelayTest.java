package io.github.releasepipeline.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.store.Outbox;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who brings letters when, on which thread. */
@Timeout(60)
class RelayTest {
    private final PostOffice office = new PostOffice();
    private final Ear slack = new Ear("slack");
    private final Ear mail = new Ear("mail");

    @Test
    void letters_are_brought_when_something_is_committed() {
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            office.post("1");
            await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1"));
            office.post("2", "3");
            await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1", "2", "3"));
            await().untilAsserted(() -> assertThat(mail.heard).containsExactly("1", "2", "3"));
        }
    }

    @Test
    void a_notifier_that_hangs_delays_nobody_else() {
        CountDownLatch hangs = new CountDownLatch(1);
        slack.first = letter -> wait(hangs);
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            office.post("1", "2");
            await().untilAsserted(() -> assertThat(mail.heard).containsExactly("1", "2"));
            office.post("3");
            await().untilAsserted(() -> assertThat(mail.heard).containsExactly("1", "2", "3"));
            assertThat(slack.keys).containsExactly("slack/1");
            hangs.countDown();
            await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1", "2", "3"));
        }
    }

    @Test
    void a_notifier_that_is_down_delays_nobody_else_and_its_letters_are_kept() {
        slack.first = letter -> {
            throw AdapterException.passing("connection refused", null);
        };
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            office.post("1", "2");
            await().untilAsserted(() -> assertThat(mail.heard).containsExactly("1", "2"));
            await().untilAsserted(() -> assertThat(slack.keys).containsExactly("slack/1"));
            slack.first = letter -> {};
            office.clock.advance(Duration.ofSeconds(2));
            office.pulse.beat();
            await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1", "2"));
        }
    }

    @Test
    void a_notifier_has_a_thread_only_while_it_has_letters() {
        CountDownLatch hangs = new CountDownLatch(1);
        slack.first = letter -> wait(hangs);
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            assertThat(threads()).containsExactly("release-pipeline-relay");
            office.post("1");
            await().untilAsserted(() -> assertThat(threads())
                    .containsExactlyInAnyOrder("release-pipeline-relay", "release-pipeline-notifier-slack"));
            hangs.countDown();
            await().untilAsserted(() -> assertThat(threads()).containsExactly("release-pipeline-relay"));
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void without_notifiers_there_is_no_thread() {
        try (Relay relay = office.relay()) {
            relay.start();
            assertThat(threads()).isEmpty();
        }
    }

    @Test
    void letters_of_a_notifier_that_is_not_configured_here_are_kept() {
        office.post("1");
        try (Relay relay = office.relay(mail)) {
            relay.start();
            await().untilAsserted(() -> assertThat(mail.heard).containsExactly("1"));
        }
        assertThat(office.buried()).isEmpty();
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1"));
        }
    }

    @Test
    void no_error_of_a_notifier_ends_its_lane() {
        AtomicInteger calls = new AtomicInteger();
        slack.first = letter -> {
            switch (calls.incrementAndGet()) {
                case 1 -> throw new NoClassDefFoundError("a library is missing");
                case 2 -> throw new StackOverflowError("a notifier that calls itself");
                default -> {}
            }
        };
        try (Relay relay = office.relay(slack, mail)) {
            relay.start();
            office.post("1");
            await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
                office.clock.advance(Duration.ofSeconds(2));
                office.pulse.beat();
                assertThat(slack.heard).containsExactly("1");
            });
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void no_error_ends_the_relay() {
        AtomicBoolean failed = new AtomicBoolean();
        Outbox scarce = (Outbox) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    if (failed.compareAndSet(false, true)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return method.invoke(office.store.outbox(), arguments);
                });
        try (Relay relay = new Relay(scarce, List.of(slack), office.engine, office.pulse)) {
            relay.start();
            await().dontCatchUncaughtExceptions().untilTrue(failed);
            office.post("1");
            await().dontCatchUncaughtExceptions()
                    .untilAsserted(() -> assertThat(slack.heard).containsExactly("1"));
        }
    }

    @Test
    void several_relays_bring_each_letter_once_and_keep_the_order_of_a_subject() {
        Ear other = new Ear("slack");
        try (Relay one = office.relay(slack);
                Relay two = office.relay(other)) {
            one.start();
            two.start();
            for (int i = 0; i < 100; i++) {
                office.postAbout("e-" + i % 7, "" + i);
            }
            await().untilAsserted(() ->
                    assertThat(slack.heard.size() + other.heard.size()).isEqualTo(100));
        }
        assertThat(Stream.concat(slack.keys.stream(), other.keys.stream()))
                .as("one of them may have brought them all")
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void closing_waits_for_a_letter_that_is_being_brought() {
        CountDownLatch begun = new CountDownLatch(1);
        slack.first = letter -> {
            begun.countDown();
            await().until(() -> !threads().contains("release-pipeline-relay")); // gone once closing has begun
        };
        Relay relay = office.relay(slack);
        relay.start();
        office.post("1", "2");
        wait(begun);
        relay.close();

        assertThat(slack.heard).containsExactly("1");
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.matches("release-pipeline-(relay|notifier-.*)"))
                .collect(Collectors.toSet());
    }
}
