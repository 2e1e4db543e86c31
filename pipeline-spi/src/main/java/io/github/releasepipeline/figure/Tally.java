package io.github.releasepipeline.figure;

import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All facts of a kind in a window, together.
 *
 * @param count how many
 * @param sum of what they took
 * @param spread how many took how long. Exact for up to {@value #EXACT} facts; a store may round the durations of more by up
 *     to 5 %
 */
public record Tally(long count, Duration sum, SortedMap<Duration, Long> spread) {
    /** Up to so many facts, {@link #spread} is exact. */
    public static final int EXACT = 1000;

    private static final Tally NOTHING = new Tally(0, Duration.ZERO, new TreeMap<>());

    /** Copies the map. */
    public Tally {
        spread = Collections.unmodifiableSortedMap(new TreeMap<>(spread));
    }

    /** Of no facts. */
    public static Tally nothing() {
        return NOTHING;
    }

    /** What they took on the average; empty if there are none. */
    public Optional<Duration> mean() {
        return count == 0 ? Optional.empty() : Optional.of(sum.dividedBy(count));
    }

    /** The shortest duration that at least so many per cent of them do not exceed (nearest rank); empty if there are none. */
    public Optional<Duration> percentile(int percent) {
        long all = spread.values().stream().mapToLong(Long::longValue).sum();
        long rank = Math.max(1, Math.floorDiv(all * percent + 99, 100));
        long passed = 0;
        for (var one : spread.entrySet()) {
            passed += one.getValue();
            if (passed >= rank) {
                return Optional.of(one.getKey());
            }
        }
        return Optional.empty();
    }
}
