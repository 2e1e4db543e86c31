package io.github.releasepipeline.metrics;

import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sorts of figures, each with the releases it was made from. */
public final class Figures {
    private Figures() {}

    /**
     * How many.
     *
     * @param value how many
     * @param releases which
     */
    public record Count(int value, List<ReleaseId> releases) {
        /** Counts releases. */
        static Count of(List<Release> releases) {
            return new Count(releases.size(), releases.stream().map(Release::id).toList());
        }
    }

    /**
     * A part of a whole.
     *
     * @param value between 0 and 1; absent if the whole is empty
     * @param part the releases of the part
     * @param whole the releases of the whole
     */
    public record Ratio(Optional<Double> value, List<ReleaseId> part, List<ReleaseId> whole) {
        /** The part of {@code whole} that is in {@code part}. */
        static Ratio of(List<Release> part, List<Release> whole) {
            return new Ratio(
                    whole.isEmpty() ? Optional.empty() : Optional.of((double) part.size() / whole.size()),
                    part.stream().map(Release::id).toList(),
                    whole.stream().map(Release::id).toList());
        }
    }

    /**
     * How durations spread. All absent for an empty sample.
     *
     * @param mean their mean
     * @param median half of them are not longer
     * @param p90 nine in ten of them are not longer
     * @param sample how many there are
     * @param releases the releases they are of
     */
    public record Spread(
            Optional<Duration> mean,
            Optional<Duration> median,
            Optional<Duration> p90,
            int sample,
            List<ReleaseId> releases) {
        /** The spread of durations, each with its release. */
        static Spread of(List<Map.Entry<ReleaseId, Duration>> timed) {
            List<Duration> sample = timed.stream().map(Map.Entry::getValue).toList();
            return new Spread(
                    Statistics.mean(sample),
                    Statistics.percentile(sample, 50),
                    Statistics.percentile(sample, 90),
                    sample.size(),
                    timed.stream().map(Map.Entry::getKey).distinct().toList());
        }
    }
}
