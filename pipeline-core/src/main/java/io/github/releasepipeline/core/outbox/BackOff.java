package io.github.releasepipeline.core.outbox;

import io.github.releasepipeline.error.AdapterException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a letter, or a notifier that does not get through, is tried again. */
final class BackOff {
    /** With the pauses below, a receiver may be down for three days before a letter is buried. */
    static final int TRIES = 84;

    /** So many letters in a row that did not arrive mean that it is not the letters' fault. */
    static final int IN_A_ROW = 3;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private BackOff() {}

    /**
     * When a letter is tried again.
     *
     * @param tries how often it was tried before the try that failed now
     */
    static Instant letter(Instant now, int tries, AdapterException error) {
        return now.plus(asked(now, error).orElse(doubled(FIRST_PAUSE, tries, LONGEST_PAUSE)));
    }

    /**
     * Until when a notifier rests altogether; empty if it goes on with its next letter.
     *
     * @param failures how many letters in a row did not arrive, the one now included
     */
    static Optional<Instant> notifier(Instant now, int failures, AdapterException error) {
        Optional<Duration> rest = failures < IN_A_ROW
                ? asked(now, error)
                : asked(now, error).or(() -> Optional.of(doubled(FIRST_PAUSE, failures - IN_A_ROW, LONGEST_REST)));
        return rest.map(now::plus);
    }

    /** What the receiver asked for, within reason: a date in a far year must not silence a notifier. */
    private static Optional<Duration> asked(Instant now, AdapterException error) {
        return error.retryAt()
                .map(at -> Duration.between(now, at))
                .map(pause -> pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause)
                .map(pause -> pause.isNegative() ? Duration.ZERO : pause);
    }

    private static Duration doubled(Duration first, int times, Duration longest) {
        Duration pause = first.multipliedBy(1L << Math.min(times, 20));
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
