package io.github.releasepipeline.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/** What one service says in its own way. Stateless; called by several threads. */
public interface Dialect {
    /** The service's name in messages. */
    String name();

    /** Headers of every request. */
    default Map<String, String> headers() {
        return Map.of("Accept", "application/json");
    }

    /** The service's id of the request, for its support. */
    default Optional<String> requestId(Reply reply) {
        return reply.header("x-request-id");
    }

    /** The service's own words about a failure, one line. */
    default Optional<String> explanation(Reply reply) {
        return Optional.empty();
    }

    /** The permission that a refused request would have needed, if the service tells. */
    default Optional<String> missingPermission(Reply reply) {
        return Optional.empty();
    }

    /** Which of the service's quotas a call is counted to. */
    default String quota(Call call) {
        return "";
    }

    /**
     * When the quota of this call is usable again, by the service's clock; empty while it is usable.
     *
     * @param now the service's time
     */
    default Optional<Instant> usedUpUntil(Reply reply, Instant now) {
        return reply.status() == 429 || reply.status() == 503 ? retryAfter(reply, now) : Optional.empty();
    }

    /** What {@code Retry-After} says, in seconds or as a date. */
    static Optional<Instant> retryAfter(Reply reply, Instant now) {
        return reply.header("retry-after").flatMap(value -> {
            try {
                return value.matches("\\d{1,9}")
                        ? Optional.of(now.plus(Duration.ofSeconds(Long.parseLong(value))))
                        : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        });
    }
}
