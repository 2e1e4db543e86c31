package io.github.releasepipeline.metrics;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Mean, median and 90th percentile of durations; percentiles by the nearest rank. */
final class Statistics {
    private Statistics() {}

    static Optional<Duration> mean(List<Duration> sample) {
        return sample.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        sample.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(sample.size()));
    }

    /** The smallest value that at least {@code percent} of the sample do not exceed. */
    static Optional<Duration> percentile(List<Duration> sample, int percent) {
        if (sample.isEmpty()) {
            return Optional.empty();
        }
        int rank = Math.max(1, Math.floorDiv(sample.size() * percent + 99, 100));
        return Optional.of(sample.stream().sorted().toList().get(rank - 1));
    }
}
