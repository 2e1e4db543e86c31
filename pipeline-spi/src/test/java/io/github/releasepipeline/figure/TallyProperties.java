package io.github.releasepipeline.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TallyProperties {
    @Property
    void a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(
            @ForAll("samples") List<Duration> sample, @ForAll @IntRange(min = 1, max = 100) int percent) {
        Optional<Duration> naive = sample.stream()
                .sorted()
                .filter(value -> sample.stream()
                                        .filter(other -> other.compareTo(value) <= 0)
                                        .count()
                                * 100
                        >= (long) percent * sample.size())
                .findFirst();
        assertThat(tally(sample).percentile(percent)).isEqualTo(naive);
    }

    @Property
    void the_mean_is_the_sum_divided(@ForAll("samples") List<Duration> sample) {
        Optional<Duration> naive = sample.stream()
                .map(Duration::toNanos)
                .map(BigInteger::valueOf)
                .reduce(BigInteger::add)
                .map(sum -> Duration.ofNanos(
                        sum.divide(BigInteger.valueOf(sample.size())).longValueExact()));
        assertThat(tally(sample).mean()).isEqualTo(naive);
    }

    @Example
    void of_nothing_there_is_neither_mean_nor_percentile() {
        assertThat(Tally.nothing().mean()).isEmpty();
        assertThat(Tally.nothing().percentile(50)).isEmpty();
        assertThat(tally(List.of(Duration.ofSeconds(3))).percentile(0)).contains(Duration.ofSeconds(3));
    }

    private static Tally tally(List<Duration> sample) {
        return new Tally(
                sample.size(),
                sample.stream().reduce(Duration.ZERO, Duration::plus),
                sample.stream().collect(Collectors.groupingBy(took -> took, TreeMap::new, Collectors.counting())));
    }

    @Provide
    Arbitrary<List<Duration>> samples() {
        return Arbitraries.integers()
                .between(0, 50)
                .map(Duration::ofSeconds)
                .list()
                .ofMaxSize(25);
    }
}
