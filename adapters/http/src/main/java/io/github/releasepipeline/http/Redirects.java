package io.github.releasepipeline.http;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects of reads. A token goes to the service's own address only. Redirects of writes are answers: the caller
 * has to find out what moved.
 */
final class Redirects {
    private static final Set<Integer> MOVED = Set.of(301, 302, 303, 307, 308);
    private static final int HOPS = 5;

    private final Wire wire;
    private final URI base;

    Redirects(Wire wire, URI base) {
        this.wire = wire;
        this.base = base;
    }

    Reply follow(Call call, String authorization, Deadline deadline) throws IOException, InterruptedException {
        URI at = Bases.resolve(base, call.target());
        for (int hop = 0; hop <= HOPS; hop++) {
            String header = Links.sameOrigin(base, at) ? authorization : "";
            Reply reply = wire.exchange(call, at, header, deadline.left());
            Optional<URI> next = next(call, at, reply);
            if (next.isEmpty()) {
                return reply;
            }
            at = next.get();
        }
        throw new IOException("redirected more than " + HOPS + " times");
    }

    Optional<URI> next(Call call, URI at, Reply reply) throws IOException {
        if (!call.isRead() || !MOVED.contains(reply.status())) {
            return Optional.empty();
        }
        Optional<URI> next = reply.header("location")
                .flatMap(Links::uri)
                .map(at::resolve)
                .filter(place -> !call.withinOrigin() || Links.sameOrigin(base, place));
        if (next.isPresent()
                && "https".equals(at.getScheme())
                && !"https".equals(next.get().getScheme())) {
            throw new IOException("redirected from https to an unprotected address");
        }
        return next;
    }
}
