package io.github.releasepipeline.http;

import io.github.releasepipeline.error.AdapterException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many requests may run to one host at the same time, over all clients of this process: a host counts them together. */
final class HostGate {
    private static final Map<String, Semaphore> GATES = new ConcurrentHashMap<>();

    private final Semaphore permits;
    private final String name;

    private HostGate(Semaphore permits, String name) {
        this.permits = permits;
        this.name = name;
    }

    /** The gate that all clients of this host with this concurrency share. */
    static HostGate of(URI base, int concurrency) {
        Semaphore permits =
                GATES.computeIfAbsent(base.getAuthority() + "*" + concurrency, key -> new Semaphore(concurrency, true));
        return new HostGate(permits, base.getHost());
    }

    /** Waits for a place, which must be left again. */
    void enter(Deadline deadline) {
        try {
            if (permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AdapterException.passing("Interrupted while waiting for a free connection to " + name, e);
        }
        throw AdapterException.passing("No connection to " + name + " became free in time", null);
    }

    void leave() {
        permits.release();
    }
}
