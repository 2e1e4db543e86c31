package io.github.releasepipeline.http;

import java.time.Clock;
import java.time.Duration;

/**
 * How patient a client is, and how much it takes.
 *
 * @param connectTimeout to open a connection
 * @param headersTimeout from sending a request to the head of the answer
 * @param bodyTimeout between two pieces of an answer's body
 * @param patience for one call of the adapter with all its requests, repetitions and pauses
 * @param concurrency requests at the same time to one host, over all clients of this process that say so; 1 to 100
 * @param maxBodyBytes longest answer that is read
 * @param clock tells the time
 */
public record HttpOptions(
        Duration connectTimeout,
        Duration headersTimeout,
        Duration bodyTimeout,
        Duration patience,
        int concurrency,
        int maxBodyBytes,
        Clock clock) {
    private static final HttpOptions STANDARD = new HttpOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            8,
            64 << 20,
            Clock.systemUTC());

    /** Checks that all are above zero. */
    public HttpOptions {
        positive("connect timeout", connectTimeout);
        positive("headers timeout", headersTimeout);
        positive("body timeout", bodyTimeout);
        positive("patience", patience);
        if (concurrency < 1 || concurrency > 100) {
            throw new IllegalArgumentException("The concurrency is 1 to 100, not " + concurrency);
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("The longest body has at least 1 byte, not " + maxBodyBytes);
        }
    }

    /** 10 s to connect, 30 s for the head and between pieces, two minutes in all; 8 requests at a time; 64 MiB. */
    public static HttpOptions standard() {
        return STANDARD;
    }

    /** The same with another time to open a connection. */
    public HttpOptions connectTimeout(Duration timeout) {
        return new HttpOptions(timeout, headersTimeout, bodyTimeout, patience, concurrency, maxBodyBytes, clock);
    }

    /** The same with another time until the head of an answer. */
    public HttpOptions headersTimeout(Duration timeout) {
        return new HttpOptions(connectTimeout, timeout, bodyTimeout, patience, concurrency, maxBodyBytes, clock);
    }

    /** The same with another time between two pieces of a body. */
    public HttpOptions bodyTimeout(Duration timeout) {
        return new HttpOptions(connectTimeout, headersTimeout, timeout, patience, concurrency, maxBodyBytes, clock);
    }

    /** The same with another time for one call of the adapter. */
    public HttpOptions patience(Duration time) {
        return new HttpOptions(connectTimeout, headersTimeout, bodyTimeout, time, concurrency, maxBodyBytes, clock);
    }

    /** The same with another number of requests at the same time. */
    public HttpOptions concurrency(int requests) {
        return new HttpOptions(connectTimeout, headersTimeout, bodyTimeout, patience, requests, maxBodyBytes, clock);
    }

    /** The same with another longest answer. */
    public HttpOptions maxBodyBytes(int bytes) {
        return new HttpOptions(connectTimeout, headersTimeout, bodyTimeout, patience, concurrency, bytes, clock);
    }

    /** The same with another clock. */
    public HttpOptions clock(Clock theClock) {
        return new HttpOptions(
                connectTimeout, headersTimeout, bodyTimeout, patience, concurrency, maxBodyBytes, theClock);
    }

    private static void positive(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("The " + what + " is above zero, not " + duration);
        }
    }
}
