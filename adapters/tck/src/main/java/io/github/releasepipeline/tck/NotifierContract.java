package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Letter;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.tck.NotifierFixture.Mood;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Notifier} does. A test of an adapter extends it and gives a {@link NotifierFixture}. */
public abstract class NotifierContract {
    private static final DomainEvent SUCCEEDED = new ReleaseEvent.Succeeded(Duration.ofSeconds(90), List.of());

    private NotifierFixture fixture;
    private Notifier notifier;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // both fields are set before each fact
    protected NotifierContract() {}

    /** A notifier that wants to hear of releases, and a receiver; closed by the contract after each fact. */
    protected abstract NotifierFixture newFixture();

    @BeforeEach
    final void openFixture() {
        fixture = newFixture();
        notifier = fixture.notifier();
    }

    @AfterEach
    final void closeFixture() {
        fixture.close();
    }

    @Test
    void its_name_is_one_line_and_stays_the_same() {
        assertThat(notifier.name()).isNotBlank().doesNotContain("\n").isEqualTo(notifier.name());
    }

    @Test
    void it_can_say_of_any_record_whether_it_wants_it_and_says_the_same_again() {
        assertThat(notifier.wants(record("r-1", "done", SUCCEEDED))).isTrue();
        for (String reason : Sample.HOSTILE) {
            AuditRecord record = record("r-1", reason, new ReleaseEvent.Rejected());
            assertThat(notifier.wants(record)).isEqualTo(notifier.wants(record));
        }
        assertThat(fixture.received()).isEmpty();
    }

    @Test
    void a_delivered_letter_arrives() {
        notifier.deliver(letter("r-4711", "done"));

        assertThat(fixture.received()).singleElement().asString().contains("r-4711");
    }

    @Test
    void letters_arrive_in_the_order_of_delivery() {
        List<String> releases = List.of("r-4711", "r-4712", "r-4713");
        releases.forEach(release -> notifier.deliver(letter(release, "done")));

        List<String> received = fixture.received();
        assertThat(received).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(received.get(i)).contains(releases.get(i));
        }
    }

    @Test
    void a_letter_that_comes_again_is_delivered_again_or_dropped() {
        Letter letter = letter("r-1", "done");
        notifier.deliver(letter);
        notifier.deliver(new Letter(letter.sink(), letter.record(), 1));

        assertThat(fixture.received()).hasSizeBetween(1, 2);
    }

    @Test
    void any_text_can_be_delivered() {
        for (String reason : Sample.HOSTILE) {
            notifier.deliver(letter("r-1", reason));
        }
        notifier.deliver(letter("r-1", Sample.HUGE));

        assertThat(fixture.received()).hasSize(Sample.HOSTILE.size() + 1);
    }

    @Test
    void a_busy_receiver_is_a_passing_failure_and_the_letter_can_be_delivered_later() {
        Letter letter = letter("r-1", "done");
        fixture.receiver(Mood.BUSY);

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> notifier.deliver(letter))
                .matches(AdapterException::retryable);
        assertThat(fixture.received()).isEmpty();

        fixture.receiver(Mood.WELL);
        notifier.deliver(letter);
        assertThat(fixture.received()).hasSize(1);
    }

    @Test
    void a_receiver_that_is_gone_is_a_lasting_failure() {
        fixture.receiver(Mood.GONE);

        assertThatExceptionOfType(AdapterException.class)
                .isThrownBy(() -> notifier.deliver(letter("r-1", "done")))
                .matches(error -> !error.retryable());
        assertThat(fixture.received()).isEmpty();
    }

    private Letter letter(String release, String reason) {
        return new Letter(notifier.name(), record(release, reason, SUCCEEDED), 0);
    }

    private static AuditRecord record(String release, String reason, DomainEvent event) {
        Stamp stamp = new Stamp(Sample.ALICE, Sample.NOW, Optional.of(reason));
        return AuditRecord.next(ChainHead.empty(), new ReleaseId(release), "record-of-" + release, stamp, event);
    }
}
