package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.actor.Stamp;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.changeset.ChangeSetEvent;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.tck.NotifierFixture.Mood;
import io.github.releasepipeline.version.VersionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Notifier} does. A test of an adapter extends it and gives a {@link NotifierFixture}. */
@Timeout(60)
public abstract class NotifierContract {
    private static final DomainEvent SUCCEEDED = new ReleaseEvent.Succeeded(Duration.ofSeconds(90), List.of());

    private final SnapshotReader now = new SnapshotReader();
    private NotifierFixture fixture;
    private Notifier notifier;

    /** For subclasses. */
    @SuppressWarnings("NullAway.Init") // both fields are set before each fact
    protected NotifierContract() {}

    /** A notifier that wants to hear of everything, and a receiver; closed by the contract after each fact. */
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
    void it_can_say_of_any_event_whether_it_wants_it_and_says_the_same_again() {
        assertThat(notifier.wants(notice(letter("r-1", "done")))).isTrue();
        for (String reason : Sample.HOSTILE) {
            Notice notice = notice(letter("r-1", reason));
            assertThat(notifier.wants(notice)).isEqualTo(notifier.wants(notice));
        }
        assertThat(fixture.received()).isEmpty();
    }

    @Test
    void a_delivered_letter_arrives() {
        deliver(letter("r-4711", "done"));

        assertThat(fixture.received()).singleElement().asString().contains("r-4711");
    }

    @Test
    void letters_arrive_in_the_order_of_delivery() {
        List<String> releases = List.of("r-4711", "r-4712", "r-4713");
        releases.forEach(release -> deliver(letter(release, "done")));

        assertArrived(releases);
    }

    @Test
    void a_letter_that_comes_again_is_delivered_again_or_dropped() {
        Letter letter = letter("r-1", "done");
        deliver(letter);
        deliver(new Letter(letter.sink(), letter.record(), 1));

        assertThat(fixture.received()).hasSizeBetween(1, 2);
    }

    @Test
    void any_text_can_be_delivered() {
        List<String> texts = IntStream.range(0, Sample.HOSTILE.size() + 1)
                .mapToObj(i -> i < Sample.HOSTILE.size() ? Sample.HOSTILE.get(i) : Sample.HUGE)
                .toList();
        List<String> releases =
                IntStream.range(0, texts.size()).mapToObj(i -> "r-" + i).toList();
        IntStream.range(0, texts.size()).forEach(i -> deliver(letter(releases.get(i), texts.get(i))));

        assertArrived(releases);
    }

    @Test
    void events_of_all_sorts_of_subjects_can_be_delivered() {
        deliver(letter(Sample.changeSet("cs-1").build().id(), "done", new ChangeSetEvent.Readied()));
        deliver(letter(
                Sample.version("v-1", Sample.number(1, 3, 0)).build().id(), "done", new VersionEvent.Published()));
        deliver(letter(new EnvironmentId(Sample.PRODUCTION), "database gone", new EnvironmentEvent.HoldPlaced()));

        assertThat(fixture.received()).hasSize(3);
        assertThat(fixture.received().get(2)).contains("production");
    }

    @Test
    void a_letter_about_something_that_is_not_found_any_more_is_delivered_all_the_same() {
        deliver(letter(Sample.release("r-unknown").build().id(), "done", SUCCEEDED));

        assertThat(fixture.received()).singleElement().asString().contains("r-unknown");
    }

    @Test
    void a_busy_receiver_is_a_passing_failure_and_the_letter_can_be_delivered_later() {
        assertPasses(Mood.BUSY, 0);
    }

    @Test
    void a_receiver_that_is_asked_too_often_is_a_passing_failure() {
        assertPasses(Mood.THROTTLED, 0);
    }

    @Test
    void a_receiver_that_does_not_answer_is_a_passing_failure_and_does_not_hold_up_for_long() {
        Instant begin = Instant.now();
        assertPasses(Mood.SLOW, 1);

        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_receiver_that_answers_garbage_is_a_passing_failure() {
        assertPasses(Mood.GARBAGE, 1);
    }

    @Test
    void a_receiver_that_cuts_the_connection_after_reading_is_a_passing_failure() {
        assertPasses(Mood.CUT, 1);
    }

    @Test
    void a_receiver_that_is_gone_is_a_lasting_failure() {
        fixture.receiver(Mood.GONE);

        AdapterException error = failure(letter("r-1", "done"));
        assertThat(error.retryable()).isFalse();
        assertThat(fixture.received()).isEmpty();
    }

    @Test
    void no_failure_tells_a_secret() {
        for (Mood mood : Mood.values()) {
            if (mood != Mood.WELL) {
                fixture.receiver(mood);
                for (Throwable cause = failure(letter("r-1", "done")); cause != null; cause = cause.getCause()) {
                    String said = cause.toString();
                    assertThat(fixture.secrets())
                            .as("in mood %s: %s", mood, said)
                            .noneMatch(said::contains);
                }
            }
        }
    }

    private void assertPasses(Mood mood, int takenAtMost) {
        Letter letter = letter("r-1", "done");
        fixture.receiver(mood);

        AdapterException error = failure(letter);
        assertThat(error.retryable())
                .as("may be tried again after: %s", error.getMessage())
                .isTrue();
        assertThat(fixture.received()).hasSizeLessThanOrEqualTo(takenAtMost);

        fixture.receiver(Mood.WELL);
        deliver(new Letter(letter.sink(), letter.record(), 1));
        assertThat(fixture.received())
                .hasSizeBetween(1, 1 + takenAtMost)
                .allSatisfy(message -> assertThat(message).contains("r-1"));
    }

    private void assertArrived(List<String> releases) {
        List<String> received = fixture.received();
        assertThat(received).hasSameSizeAs(releases);
        for (int i = 0; i < releases.size(); i++) {
            assertThat(received.get(i)).contains(releases.get(i));
        }
    }

    private void deliver(Letter letter) {
        notifier.deliver(letter, now);
    }

    private AdapterException failure(Letter letter) {
        AdapterException error = catchThrowableOfType(AdapterException.class, () -> deliver(letter));
        assertThat(error).as("the failure of a delivery").isNotNull();
        return error;
    }

    /** That a release succeeded; the release and its version can be read, and both say the text too. */
    private Letter letter(String id, String reason) {
        Release release = Sample.release(id)
                .reason(reason)
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build();
        now.put(release.id(), release);
        now.put(
                release.version(),
                Sample.version(release.version().value(), release.number())
                        .notes(reason)
                        .build());
        return letter(release.id(), reason, SUCCEEDED);
    }

    private Letter letter(SubjectId<?> subject, String reason, DomainEvent event) {
        Stamp stamp = new Stamp(Sample.ALICE, Sample.NOW, Optional.of(reason));
        String id = "record-of-" + subject.value();
        return new Letter(notifier.name(), AuditRecord.next(ChainHead.empty(), subject, id, stamp, event), 0);
    }

    private static Notice notice(Letter letter) {
        return new Notice(letter.record(), Optional.of(Sample.PRODUCTION));
    }
}
