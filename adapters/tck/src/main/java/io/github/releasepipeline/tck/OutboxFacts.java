package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.BuriedLetter;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Facts about the outbox. */
abstract class OutboxFacts extends FigureFacts {
    private static final ReleaseId ONE = new ReleaseId("r-1");
    private static final ReleaseId TWO = new ReleaseId("r-2");
    private static final Instant NOW = Sample.NOW;
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(3_600);

    @Test
    void an_empty_outbox_gives_nothing() {
        assertThat(store.outbox().sinks()).isEmpty();
        assertThat(take(NOW)).isEmpty();
        assertThat(store.outbox().buried(PageRequest.first(10)).rows()).isEmpty();
    }

    @Test
    void a_posted_letter_is_due_at_once_and_comes_as_it_was_posted() {
        Letter letter = post("slack", ONE);

        assertThat(take(NOW)).containsExactly(letter);
    }

    @Test
    void letters_of_a_sink_come_oldest_first_and_those_of_others_stay() {
        Letter first = post("slack", TWO);
        Letter mail = post("email", ONE);
        Letter second = post("slack", ONE);
        Letter third = post("slack", new ReleaseId("r-3"));

        assertThat(store.outbox().take("slack", NOW, SOON, 2)).containsExactly(first, second);
        assertThat(store.outbox().take("slack", NOW, SOON, 2)).containsExactly(third);
        assertThat(store.outbox().take("email", NOW, SOON, 2)).containsExactly(mail);
        assertThat(store.outbox().take("nobody", NOW, SOON, 2)).isEmpty();
    }

    @Test
    void a_letter_that_waits_for_its_time_or_for_an_earlier_one_cannot_be_taken() {
        Letter first = post("slack", ONE);
        Letter second = post("slack", ONE);
        assertThat(take(NOW)).as("the second waits for the first").containsExactly(first);
        assertThat(take(NOW)).as("the first is being brought").isEmpty();
        store.outbox().delivered(first);
        assertThat(take(NOW)).containsExactly(second);
        store.outbox().postpone(second, SOON, "connection refused");
        assertThat(take(SOON.minusNanos(1_000))).isEmpty();
        assertThat(take(SOON)).hasSize(1);
        post("email", ONE);
        store.outbox()
                .take("email", SOON, LATER, 1)
                .forEach(mail -> store.outbox().bury(mail, "gone"));
        assertThat(store.outbox().take("email", LATER, LATER, 1)).isEmpty();
    }

    @Test
    void sinks_are_those_that_letters_wait_for_due_or_not() {
        Letter first = post("slack", ONE);
        post("slack", TWO);
        post("email", ONE);
        post("webhook", ONE);
        store.outbox().take("webhook", NOW, LATER, 1);
        store.outbox()
                .take("email", NOW, LATER, 1)
                .forEach(mail -> store.outbox().bury(mail, "gone"));
        store.outbox().delivered(first);

        assertThat(store.outbox().sinks()).containsExactlyInAnyOrder("slack", "webhook");
    }

    @Test
    void a_released_letter_is_due_again_then_as_if_it_had_not_been_taken() {
        Letter letter = post("slack", ONE);
        take(NOW);
        store.outbox().release(letter, SOON);

        assertThat(take(SOON.minusNanos(1_000))).isEmpty();
        assertThat(take(SOON)).containsExactly(letter);
    }

    @Test
    void a_letter_waits_for_the_earlier_ones_of_its_sink_and_subject() {
        Letter first = post("slack", ONE);
        Letter second = post("slack", ONE);
        Letter third = post("slack", ONE);

        assertThat(take(NOW)).containsExactly(first);
        assertThat(take(NOW)).isEmpty();
        store.outbox().delivered(first);
        assertThat(take(NOW)).containsExactly(second);
        store.outbox().delivered(second);
        assertThat(take(NOW)).containsExactly(third);
        store.outbox().delivered(third);
        assertThat(take(LATER)).isEmpty();
    }

    @Test
    void letters_posted_together_wait_for_each_other_in_the_order_given() {
        AuditRecord one = append(ONE, new ReleaseEvent.Readied());
        AuditRecord two = append(ONE, new ReleaseEvent.Expired());
        inTransaction(session -> session.post(
                List.of(new Letter("slack", one, 0), new Letter("email", one, 0), new Letter("slack", two, 0))));

        assertThat(take(NOW)).extracting(Letter::key).containsExactly("slack/" + one.id());
        assertThat(store.outbox().take("email", NOW, LATER, 10))
                .extracting(Letter::key)
                .containsExactly("email/" + one.id());
        store.outbox().delivered(new Letter("slack", one, 0));
        assertThat(take(NOW)).extracting(Letter::key).containsExactly("slack/" + two.id());
    }

    @Test
    void a_letter_that_was_taken_is_not_given_to_another_until_the_time_is_over() {
        Letter letter = post("slack", ONE);
        store.outbox().take("slack", NOW, SOON, 10);

        assertThat(take(NOW)).isEmpty();
        assertThat(take(SOON.minusNanos(1_000))).isEmpty();
        assertThat(take(SOON)).containsExactly(letter);
    }

    @Test
    void a_delivered_letter_never_comes_again() {
        Letter letter = post("slack", ONE);
        take(NOW);
        store.outbox().delivered(letter);
        store.outbox().delivered(letter);

        assertThat(take(LATER)).isEmpty();
    }

    @Test
    void a_postponed_letter_comes_again_then_with_its_tries_and_holds_up_later_ones() {
        Letter first = post("slack", ONE);
        post("slack", ONE);
        Letter other = post("slack", TWO);
        assertThat(take(NOW)).containsExactly(first, other);
        store.outbox().postpone(first, SOON, "connection refused");
        store.outbox().delivered(other);

        assertThat(take(SOON.minusNanos(1_000))).isEmpty();
        assertThat(take(SOON)).containsExactly(new Letter("slack", first.record(), 1));
        store.outbox().postpone(first, LATER, "connection refused again");
        assertThat(take(LATER)).containsExactly(new Letter("slack", first.record(), 2));
    }

    @Test
    void a_postponed_letter_that_was_delivered_meanwhile_stays_delivered() {
        Letter letter = post("slack", ONE);
        store.outbox().take("slack", NOW, SOON, 1);
        store.outbox().take("slack", SOON, LATER, 1);
        store.outbox().delivered(letter);
        store.outbox().postpone(letter, SOON, "too late");
        store.outbox().release(letter, SOON);
        store.outbox().bury(letter, "too late");

        assertThat(take(LATER)).isEmpty();
        assertThat(store.outbox().buried(PageRequest.first(10)).rows()).isEmpty();
    }

    @Test
    void a_buried_letter_is_kept_and_no_longer_holds_up_later_ones() {
        Letter first = post("slack", ONE);
        Letter second = post("slack", ONE);
        take(NOW);
        store.outbox().bury(first, "channel is archived");

        assertThat(take(NOW)).containsExactly(second);
        assertThat(take(LATER)).extracting(Letter::key).doesNotContain(first.key());
        assertThat(store.outbox().buried(PageRequest.first(10)).rows())
                .containsExactly(new BuriedLetter(new Letter("slack", first.record(), 1), "channel is archived"));
    }

    @Test
    void buried_letters_come_newest_first_page_by_page() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Letter letter = post("slack", new ReleaseId("r-" + i));
            keys.add(0, letter.key());
            take(NOW);
            store.outbox().bury(letter, "gone");
        }

        assertThat(buried(3)).isEqualTo(keys);
        assertThat(buried(7)).isEqualTo(keys);
    }

    @Test
    void a_resent_letter_is_due_at_once_and_its_tries_count_anew() {
        Letter letter = post("slack", ONE);
        take(NOW);
        store.outbox().postpone(letter, SOON, "refused");
        take(SOON);
        store.outbox().bury(letter, "gone");
        store.outbox().resend(letter);

        assertThat(buried(10)).isEmpty();
        assertThat(take(NOW)).containsExactly(new Letter("slack", letter.record(), 0));
        store.outbox().resend(letter);
        assertThat(take(NOW)).as("a letter that is not buried cannot be dug up").isEmpty();
    }

    @Test
    void several_relays_never_get_the_same_letter_and_together_get_all() {
        int letters = 60;
        List<String> posted = new ArrayList<>();
        for (int i = 0; i < letters; i++) {
            posted.add(post("slack", new ReleaseId("r-" + i / 6)).key());
        }
        AtomicInteger left = new AtomicInteger(letters);
        Callable<List<String>> relay = () -> {
            List<String> got = new ArrayList<>();
            while (left.get() > 0 && !Thread.currentThread().isInterrupted()) {
                for (Letter letter : store.outbox().take("slack", NOW, LATER, 3)) {
                    got.add(letter.key());
                    store.outbox().delivered(letter);
                    left.decrementAndGet();
                }
            }
            return got;
        };

        List<String> got = atOnce(List.of(relay, relay, relay)).stream()
                .flatMap(List::stream)
                .toList();

        assertThat(got).containsExactlyInAnyOrderElementsOf(posted);
    }

    private Letter post(String sink, SubjectId<?> subject) {
        Letter letter = new Letter(sink, append(subject, new ReleaseEvent.Readied()), 0);
        inTransaction(session -> session.post(List.of(letter)));
        return letter;
    }

    private List<Letter> take(Instant now) {
        return store.outbox().take("slack", now, LATER, 100);
    }

    private List<String> buried(int size) {
        return pages(size, page -> store.outbox().buried(page)).stream()
                .map(buried -> buried.letter().key())
                .toList();
    }
}
