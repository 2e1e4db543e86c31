package io.github.releasepipeline.core.engine;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** For how long one command is tried again. Used by one thread. */
final class Patience {
    private static final int CONFLICTS = 40;
    private static final int OUTAGES = 14;
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private int conflicts;
    private int outages;
    private @Nullable Instant away;

    Patience(Clock clock) {
        this.clock = clock;
    }

    /** Waits a moment for somebody who was faster; throws what happened if that was tried often enough. */
    void wait(ConcurrentUpdateException conflict) {
        conflicts++;
        if (conflicts == CONFLICTS) {
            throw conflict;
        }
        LockSupport.parkNanos(conflicts * 500_000L);
    }

    /** Waits for a store that is away; throws what happened if that lasts, or if something may have come of the attempt. */
    void wait(AdapterException outage) {
        Instant since = away == null ? clock.instant() : away;
        away = since;
        outages++;
        if (!outage.withoutEffect()
                || outages == OUTAGES
                || Duration.between(since, clock.instant()).compareTo(OUTAGE) > 0) {
            throw outage;
        }
        LockSupport.parkNanos(pause(outages).toNanos());
    }

    /** The pause after a number of outages, in a row or not. */
    static Duration pause(int outages) {
        Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(outages - 1, 10));
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
}
