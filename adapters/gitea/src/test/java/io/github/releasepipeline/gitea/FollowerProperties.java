package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever changes while lists are read, the newest version of everything has been told once it is quiet. */
class FollowerProperties {
    private static final Duration NEVER_AGAIN = Duration.ofDays(99_999);

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void nothing_is_lost_while_pages_shift(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int pageSize,
            @ForAll @IntRange(min = 1, max = 7) int limit,
            @ForAll @IntRange(min = 0, max = 25) int atFirst,
            @ForAll @IntRange(min = 0, max = 40) int changes) {
        Busy server = new Busy(new Random(seed), pageSize, changes);
        for (int i = 0; i < atFirst; i++) {
            server.open();
        }
        Follower follower = new Follower("acme/flows", server, NEVER_AGAIN);
        Map<Long, String> told = new HashMap<>();

        Optional<FollowCursor> cursor = round(follower, Optional.empty(), limit, told);
        while (server.changes > 0) {
            cursor = round(follower, cursor, limit, told);
        }
        round(follower, cursor, limit, told);

        assertThat(told).isEqualTo(server.versions());
    }

    private static Optional<FollowCursor> round(
            Follower follower, Optional<FollowCursor> from, int limit, Map<Long, String> told) {
        Optional<FollowCursor> cursor = from;
        for (int step = 0; step < 10_000; step++) {
            Follower.Step next = follower.step(cursor, limit, Instant.EPOCH);
            assertThat(next.rows()).hasSizeLessThanOrEqualTo(limit);
            next.rows().forEach(row -> told.put(row.number(), row.title()));
            cursor = Optional.of(FollowCursor.parse(next.cursor().text(), "acme/flows"));
            if (next.complete()) {
                return cursor;
            }
        }
        throw new AssertionError("A round without an end");
    }

    /** A server where something happens before each answer, often several things in one second. */
    private static final class Busy implements Follower.Lists {
        private final Map<Long, One> pulls = new TreeMap<>();
        private final Random random;
        private final int pageSize;
        private int changes;
        private long now = 1_000_000;
        private int version;

        private record One(long number, Instant updatedAt, boolean open, String version) {
            PullRow row() {
                return PullRow.of(Json.object()
                        .put("number", number)
                        .put("title", version)
                        .put("state", open ? "open" : "closed")
                        .put("updated_at", updatedAt.toString()));
            }
        }

        Busy(Random random, int pageSize, int changes) {
            this.random = random;
            this.pageSize = pageSize;
            this.changes = changes;
        }

        Map<Long, String> versions() {
            Map<Long, String> versions = new HashMap<>();
            pulls.values().forEach(one -> versions.put(one.number(), one.version()));
            return versions;
        }

        void open() {
            put(pulls.size() + 1L, true);
        }

        private void put(long number, boolean open) {
            now += random.nextInt(3) == 0 ? random.nextInt(100) : 0;
            version++;
            pulls.put(number, new One(number, Instant.ofEpochSecond(now), open, "v" + version));
        }

        private void happen() {
            for (int i = random.nextInt(3); i > 0 && changes > 0; i--) {
                changes--;
                if (pulls.isEmpty() || random.nextInt(4) == 0) {
                    open();
                } else {
                    put(1 + random.nextInt(pulls.size()), random.nextBoolean());
                }
            }
        }

        @Override
        public PullPage page(String state, int page) {
            happen();
            List<PullRow> rows = new ArrayList<>(pulls.values().stream()
                    .filter(one -> state.equals("all") || one.open() == state.equals("open"))
                    .sorted(Comparator.comparing(One::updatedAt)
                            .thenComparing(One::number)
                            .reversed())
                    .map(One::row)
                    .toList());
            int from = Math.min(rows.size(), (page - 1) * pageSize);
            int to = Math.min(rows.size(), from + pageSize);
            return new PullPage(rows.subList(from, to), rows.size(), to == rows.size());
        }

        @Override
        public Optional<Instant> newest() {
            happen();
            return pulls.values().stream().map(One::updatedAt).max(Comparator.naturalOrder());
        }

        @Override
        public int pageSize() {
            return pageSize;
        }
    }
}
