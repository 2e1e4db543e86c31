package io.github.releasepipeline.examples.benchmarks;

import io.github.releasepipeline.github.FilledForge;
import io.github.releasepipeline.http.stub.StubServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * The table of open pull requests by this library and by github-api, on the same fake GitHub, in one run. Arguments: how
 * many pull requests, and the latency of an answer in milliseconds; 100 and 50 if nothing is said.
 */
public final class PullRequestTable {
    private PullRequestTable() {}

    /** Reads the table. */
    interface Reader {
        List<Row> read(URI server) throws Exception;
    }

    /**
     * What one reading cost.
     *
     * @param rows the table
     * @param requests how many requests it took
     * @param time how long it took
     */
    record Cost(List<Row> rows, int requests, Duration time) {}

    /** Measures both and prints what came of it. */
    public static void main(String[] args) throws Exception {
        int pullRequests = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        Duration latency = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 50);
        // Once before, so that neither pays for loading classes.
        measure(Hub4j::read, 2, Duration.ZERO);
        measure(Ours::read, 2, Duration.ZERO);
        Cost theirs = measure(Hub4j::read, pullRequests, latency);
        Cost ours = measure(Ours::read, pullRequests, latency);
        System.out.printf("%d open pull requests, %d ms latency%n", pullRequests, latency.toMillis());
        System.out.printf("github-api        %5d requests %7d ms%n", theirs.requests, theirs.time.toMillis());
        System.out.printf("release-pipeline  %5d requests %7d ms%n", ours.requests, ours.time.toMillis());
        System.out.printf(
                "%.0f times fewer requests, %.0f times less time%n",
                (double) theirs.requests / ours.requests, (double) theirs.time.toNanos() / ours.time.toNanos());
    }

    static Cost measure(Reader reader, int pullRequests, Duration latency) throws Exception {
        try (StubServer server = FilledForge.start(pullRequests, latency)) {
            long begin = System.nanoTime();
            List<Row> rows = reader.read(server.base());
            return new Cost(rows, server.exchanges().size(), Duration.ofNanos(System.nanoTime() - begin));
        }
    }
}
