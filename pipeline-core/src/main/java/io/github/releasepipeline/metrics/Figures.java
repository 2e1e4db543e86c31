package io.github.releasepipeline.metrics;

import io.github.releasepipeline.figure.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sorts of figures. */
public final class Figures {
    private Figures() {}

    /**
     * A part of a whole.
     *
     * @param value between 0 and 1; absent if the whole is empty
     * @param part how many are in the part
     * @param whole how many there are
     */
    public record Ratio(Optional<Double> value, long part, long whole) {
        static Ratio of(long part, long whole) {
            return new Ratio(whole == 0 ? Optional.empty() : Optional.of((double) part / whole), part, whole);
        }
    }

    /**
     * How durations spread. All absent for an empty sample.
     *
     * @param mean their mean
     * @param median half of them are not longer; of more than {@value Tally#EXACT} rounded by up to 5 %
     * @param p90 nine in ten of them are not longer; rounded as the median
     * @param sample how many there are
     */
    public record Spread(Optional<Duration> mean, Optional<Duration> median, Optional<Duration> p90, long sample) {
        static Spread of(Tally tally) {
            return new Spread(tally.mean(), tally.percentile(50), tally.percentile(90), tally.count());
        }
    }

    /** A tally and some durations more. */
    static Tally and(Tally tally, List<Duration> more) {
        SortedMap<Duration, Long> spread = new TreeMap<>(tally.spread());
        more.forEach(took -> spread.merge(took, 1L, Long::sum));
        return new Tally(tally.count() + more.size(), more.stream().reduce(tally.sum(), Duration::plus), spread);
    }
}
