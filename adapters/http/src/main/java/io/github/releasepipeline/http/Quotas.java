package io.github.releasepipeline.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which quotas are used up, and until when by our clock. */
final class Quotas {
    private final Dialect dialect;
    private final Clock clock;
    private final Map<String, Instant> usedUpUntil = new ConcurrentHashMap<>();

    Quotas(Dialect dialect, Clock clock) {
        this.dialect = dialect;
        this.clock = clock;
    }

    /** Until when this call need not be sent. */
    Optional<Instant> closedUntil(Call call) {
        return Optional.ofNullable(usedUpUntil.get(dialect.quota(call)))
                .filter(until -> until.isAfter(clock.instant()));
    }

    /** Learns from an answer. The service's times are compared with its own date: our clock may be wrong. */
    Optional<Instant> learn(Call call, Reply reply) {
        if (reply.remembered()) {
            return Optional.empty();
        }
        Instant here = clock.instant();
        Instant there = reply.at().orElse(here);
        Optional<Instant> until =
                dialect.usedUpUntil(reply, there).map(time -> here.plus(atLeastZero(Duration.between(there, time))));
        until.ifPresent(time -> usedUpUntil.merge(dialect.quota(call), time, Quotas::later));
        return until;
    }

    private static Duration atLeastZero(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
