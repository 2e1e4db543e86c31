package io.github.releasepipeline.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Outbox;
import io.github.releasepipeline.store.PageRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a lane does with its letters, mostly without threads. */
class LaneTest {
    private final PostOffice office = new PostOffice();
    private final Ear slack = new Ear("slack");
    private final Lane lane = office.lane(slack);

    @Test
    void letters_of_a_subject_arrive_in_order_and_once() {
        // given
        office.post("1", "2", "3");
        // when
        drain(lane);
        drain(lane);
        // then
        assertThat(slack.heard).containsExactly("1", "2", "3");
    }

    @Test
    void a_notifier_can_read_what_is_so_now() {
        office.post("1");
        drain(lane);

        assertThat(slack.readers).containsExactly(office.engine.reader());
    }

    @Test
    void letters_of_others_stay() {
        // given
        office.post("1", "2");
        // when
        drain(lane);
        // then
        Ear mail = new Ear("mail");
        drain(office.lane(mail));
        assertThat(mail.heard).containsExactly("1", "2");
    }

    @Test
    void a_letter_that_does_not_arrive_comes_again_and_later_ones_of_its_subject_wait() {
        // given
        slack.first = letter -> busy();
        office.post("1", "2");
        drain(lane);
        slack.first = letter -> {};
        // when
        drain(lane);
        List<String> beforeItsPauseIsOver = List.copyOf(slack.heard);
        office.clock.advance(Duration.ofSeconds(2));
        drain(lane);
        // then
        assertThat(beforeItsPauseIsOver).isEmpty();
        assertThat(slack.heard).containsExactly("1", "2");
        assertThat(slack.keys).containsExactly("slack/1", "slack/1", "slack/2");
    }

    @Test
    void a_lasting_error_buries_the_letter_with_what_was_said_and_the_next_one_goes_out() {
        // given
        slack.first = letter -> {
            if (letter.record().id().equals("1")) {
                throw AdapterException.lasting("no such channel", null);
            }
        };
        office.post("1", "2");
        // when
        drain(lane);
        // then
        assertThat(slack.heard).containsExactly("2");
        assertThat(office.buried()).containsExactly("slack/1: no such channel");
    }

    @Test
    void a_letter_that_ends_in_an_error_counts_as_tried_and_others_go_out() {
        // given
        slack.first = letter -> {
            if (letter.record().id().equals("1")) {
                throw new ServiceConfigurationError("no mail provider");
            }
        };
        office.postAbout("staging", "1");
        office.postAbout("production", "2");
        // when
        drain(lane);
        // then
        assertThat(slack.heard).containsExactly("2");
        Instant later = office.clock.instant().plus(Duration.ofHours(1));
        assertThat(office.store.outbox().take("slack", later, later, 10))
                .extracting(Letter::tries)
                .containsExactly(1);
    }

    @Test
    void a_letter_is_buried_after_three_days_and_can_be_sent_again() {
        // given
        slack.first = letter -> {
            throw new IllegalStateException("bug in the notifier");
        };
        office.post("1");
        // when
        for (int hour = 0; hour < 24 * 7; hour++) {
            drain(lane);
            office.clock.advance(Duration.ofHours(1));
        }
        // then
        assertThat(slack.keys).hasSize(84).containsOnly("slack/1");
        assertThat(office.buried()).containsExactly("slack/1: IllegalStateException: bug in the notifier");
        slack.first = letter -> {};
        office.store
                .outbox()
                .resend(office.store
                        .outbox()
                        .buried(PageRequest.first(1))
                        .rows()
                        .get(0)
                        .letter());
        drain(lane);
        assertThat(slack.heard).containsExactly("1");
        assertThat(office.buried()).isEmpty();
    }

    @Test
    void a_letter_whose_relay_died_comes_again_under_the_same_key() {
        // given
        office.post("1");
        Instant now = office.clock.instant();
        office.store.outbox().take("slack", now, now.plus(Duration.ofMinutes(5)), 10);
        // when
        drain(lane);
        List<String> whileTaken = List.copyOf(slack.keys);
        office.clock.advance(Duration.ofMinutes(5));
        drain(lane);
        // then
        assertThat(whileTaken).isEmpty();
        assertThat(slack.keys).containsExactly("slack/1");
    }

    @Test
    void a_receiver_that_asks_for_a_pause_gets_it_for_all_letters_and_none_counts_as_tried() {
        // given
        slack.first = letter -> {
            throw AdapterException.passingUntil(
                    "slow down", office.clock.instant().plusSeconds(30));
        };
        office.postAbout("staging", "1");
        office.postAbout("production", "2");
        // when
        drain(lane);
        office.clock.advance(Duration.ofSeconds(29));
        drain(lane);
        List<String> duringThePause = List.copyOf(slack.keys);
        slack.first = letter -> {};
        office.clock.advance(Duration.ofSeconds(1));
        List<Letter> due = office.store.outbox().take("slack", office.clock.instant(), office.clock.instant(), 10);
        drain(lane);
        // then
        assertThat(duringThePause).containsExactly("slack/1");
        assertThat(due).extracting(Letter::tries).containsExactly(1, 0);
        assertThat(slack.heard).containsExactly("1", "2");
    }

    @Test
    void a_receiver_that_refuses_three_letters_in_a_row_is_left_alone_for_a_while() {
        // given
        slack.first = letter -> busy();
        IntStream.rangeClosed(1, 5).forEach(i -> office.postAbout("e-" + i, String.valueOf(i)));
        // when
        drain(lane);
        // then
        assertThat(slack.keys).containsExactly("slack/1", "slack/2", "slack/3");
        office.clock.advance(Duration.ofSeconds(2));
        slack.first = letter -> {};
        drain(lane);
        assertThat(slack.heard).containsExactlyInAnyOrder("1", "2", "3", "4", "5");
    }

    @Test
    void nobody_looks_for_letters_of_a_receiver_that_is_left_alone() {
        // given
        AtomicInteger looks = new AtomicInteger();
        Outbox watched = (Outbox) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    looks.incrementAndGet();
                    return method.invoke(office.store.outbox(), arguments);
                });
        Lane resting = new Lane(slack, watched, office.engine);
        slack.first = letter -> busy();
        IntStream.rangeClosed(1, 5).forEach(i -> office.postAbout("e-" + i, String.valueOf(i)));
        drain(resting);
        int before = looks.get();
        // when
        resting.wake();
        // then
        assertThat(looks.get()).isEqualTo(before).isPositive();
    }

    @Test
    void a_letter_that_arrives_ends_the_row_of_failures() {
        // given
        slack.first = letter -> {
            if (!letter.record().id().equals("3")) {
                busy();
            }
        };
        IntStream.rangeClosed(1, 5).forEach(i -> office.postAbout("e-" + i, String.valueOf(i)));
        // when
        drain(lane);
        // then
        assertThat(slack.keys).containsExactly("slack/1", "slack/2", "slack/3", "slack/4", "slack/5");
    }

    @Test
    void a_letter_whose_claim_is_over_is_left_to_others() {
        // given
        slack.first = letter -> office.clock.advance(Duration.ofMinutes(5));
        office.postAbout("staging", "1");
        office.postAbout("production", "2");
        // when
        boolean more = lane.round();
        // then
        assertThat(more).isTrue();
        assertThat(slack.heard).containsExactly("1");
        drain(lane);
        assertThat(slack.heard).containsExactly("1", "2");
    }

    @Test
    void a_closed_lane_gives_back_what_it_has_not_tried() {
        // given
        slack.first = letter -> lane.close();
        office.postAbout("staging", "1");
        office.postAbout("production", "2");
        // when
        drain(lane);
        // then
        assertThat(slack.heard).containsExactly("1");
        Ear next = new Ear("slack");
        drain(office.lane(next));
        assertThat(next.heard).containsExactly("2");
    }

    @Test
    void a_lane_that_finds_no_thread_begins_at_the_next_call() {
        // given
        AtomicBoolean full = new AtomicBoolean(true);
        Lane unlucky = new Lane(slack, office.store.outbox(), office.engine, work -> new Thread(work) {
            @Override
            public void start() {
                if (full.get()) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        });
        office.post("1");
        assertThatThrownBy(unlucky::wake).isInstanceOf(OutOfMemoryError.class);
        full.set(false);
        // when
        unlucky.wake();
        // then
        await().untilAsserted(() -> assertThat(slack.heard).containsExactly("1"));
    }

    private static void busy() {
        throw AdapterException.passing("busy", null);
    }

    private static void drain(Lane lane) {
        boolean more = true;
        while (more) {
            more = lane.round();
        }
    }
}
