package io.github.releasepipeline.http;

import io.github.releasepipeline.error.AdapterException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One service at one address, asked as one account.
 *
 * <p>Requests that may be repeated (reads, and what the caller says) are repeated after lost connections and passing
 * failures, with growing pauses by chance and never before the service wants it. All others are sent once: after an
 * exception that is {@linkplain AdapterException#retryable() retryable} the caller does not know whether they were done
 * and has to read. No pause goes beyond the caller's deadline: then the exception says
 * {@linkplain AdapterException#retryAt() when} to come again.
 *
 * <p>Answers to reads are remembered in memory and confirmed by {@code ETag}; some services let them stand unasked for a
 * minute, so reads that guard a decision are {@linkplain Call#asFresh() fresh}. The token goes to this address only, not
 * after a redirect or a page's link to another. Thread-safe.
 */
public final class HttpApi {
    private static final int TRIES = 4;
    private static final Set<Integer> OUT_OF_QUOTA = Set.of(403, 429, 503);

    private final URI base;
    private final Dialect dialect;
    private final Authorization authorization;
    private final Wire wire;
    private final HostGate gate;
    private final Quotas quotas;
    private final Failures failures;

    /**
     * A client for a service.
     *
     * @param base the address that paths are appended to; a path in it is kept
     * @throws IllegalArgumentException if it is not an http or https address, or holds a user, a query or a fragment
     */
    public HttpApi(URI base, Dialect dialect, Authorization authorization, HttpOptions options) {
        this.base = Bases.checked(dialect.name(), base);
        this.dialect = dialect;
        this.authorization = authorization;
        this.wire = new Wire(options, dialect.headers());
        this.gate = HostGate.of(this.base, options.concurrency());
        this.quotas = new Quotas(dialect, options.clock());
        this.failures = new Failures(dialect);
    }

    /** The address without a slash at its end. */
    public URI base() {
        return base;
    }

    /**
     * Sends a call.
     *
     * @return an answer with a status of 2xx or one that the call accepts
     * @throws AdapterException otherwise
     */
    public Reply send(Call call, Deadline deadline) {
        int failures = 0;
        while (true) {
            waitForQuota(call, deadline);
            try {
                return once(call, deadline);
            } catch (AdapterException failure) {
                failures++;
                pauseOrThrow(call, failure, failures, deadline);
            }
        }
    }

    private Reply once(Call call, Deadline deadline) {
        String header = authorization.header(deadline);
        Reply first = exchange(call, header, deadline);
        if (first.status() != 401 || !authorization.rejected(header)) {
            return judged(call, first, header);
        }
        String renewed = authorization.header(deadline);
        return judged(call, exchange(call, renewed, deadline), renewed);
    }

    private Reply judged(Call call, Reply reply, String header) {
        // The last answer of a quota is an answer; only these statuses say that there was none left for it.
        Optional<Instant> closed = quotas.learn(call, reply).filter(time -> OUT_OF_QUOTA.contains(reply.status()));
        boolean expected = call.accepted().contains(reply.status()) && closed.isEmpty();
        if (reply.status() / 100 == 2 || expected) {
            return reply;
        }
        throw failures.of(call, reply, closed, header);
    }

    private Reply exchange(Call call, String header, Deadline deadline) {
        gate.enter(deadline);
        try {
            return new Redirects(wire, base).follow(call, header, deadline);
        } catch (IOException e) {
            throw failures.lost(call, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing(dialect.name() + " " + call.endpoint() + " was interrupted", e);
        } finally {
            gate.leave();
        }
    }

    private static void pauseOrThrow(Call call, AdapterException failure, int failures, Deadline deadline) {
        Duration usual = Pause.before(failures);
        Duration wanted = failure.retryAt()
                .map(time -> Duration.between(deadline.clock().instant(), time))
                .orElse(Duration.ZERO);
        Duration pause = wanted.compareTo(usual) > 0 ? wanted : usual;
        if (!call.repeatable() || !failure.retryable() || failures >= TRIES || !deadline.allows(pause)) {
            throw failure;
        }
        Pause.take(pause, call.endpoint());
    }

    private void waitForQuota(Call call, Deadline deadline) {
        Optional<Instant> closed = quotas.closedUntil(call);
        if (closed.isEmpty()) {
            return;
        }
        Duration pause = Duration.between(deadline.clock().instant(), closed.get());
        if (!deadline.allows(pause)) {
            throw failures.closed(call, closed.get());
        }
        Pause.take(pause.isNegative() ? Duration.ZERO : pause, call.endpoint());
    }

    @Override
    public String toString() {
        return dialect.name() + " at " + base;
    }
}
