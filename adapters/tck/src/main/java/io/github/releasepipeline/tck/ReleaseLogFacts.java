package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Facts about the logs of releases. */
abstract class ReleaseLogFacts extends AuditTrailFacts {
    private static final ReleaseId ONE = new ReleaseId("r-1");
    private static final ReleaseId TWO = new ReleaseId("r-2");

    @Test
    void lines_are_numbered_from_1_within_their_release_in_the_order_given() {
        saveReleases();
        LogEntry first =
                new LogEntry(ONE, Sample.NOW.plusNanos(123_456_000), 0, Optional.empty(), LogEntry.Level.ERROR, "");
        LogEntry second = Sample.line(ONE, "second");
        LogEntry third = new LogEntry(ONE, Sample.NOW, 2, Optional.of(Step.ACTIVATE), LogEntry.Level.SUCCESS, "third");
        LogEntry other = Sample.line(TWO, "other");
        inTransaction(session -> session.log(List.of(first, other, second)));
        inTransaction(session -> session.log(List.of(third)));

        assertThat(store.logs().after(ONE, 0, 100))
                .containsExactly(new LogLine(1, first), new LogLine(2, second), new LogLine(3, third));
        assertThat(store.logs().after(TWO, 0, 100)).containsExactly(new LogLine(1, other));
    }

    @Test
    void old_lines_of_ended_releases_can_be_dropped() {
        save(Sample.release(ONE.value())
                .state(new ReleaseState.Succeeded(Sample.NOW))
                .build());
        save(Sample.release(TWO.value()).build());
        inTransaction(session -> session.log(
                List.of(at(ONE, 1, "1"), at(ONE, 2, "2"), at(TWO, 1, "under way"), at(ONE, 3, "3"), at(ONE, 4, "4"))));

        assertThat(store.logs().drop(Sample.NOW.plusSeconds(4), 2)).isEqualTo(2);
        assertThat(texts(0, 100)).containsExactly("3", "4");
        assertThat(store.logs().drop(Sample.NOW.plusSeconds(4), 2)).isEqualTo(1);
        assertThat(texts(0, 100)).containsExactly("4");
        assertThat(sequences()).containsExactly(4L);
        assertThat(store.logs().drop(Sample.NOW.plusSeconds(4), 2)).isZero();
        assertThat(store.logs().after(TWO, 0, 100)).hasSize(1);
    }

    private static LogEntry at(ReleaseId release, int second, String text) {
        return new LogEntry(release, Sample.NOW.plusSeconds(second), 1, Optional.empty(), LogEntry.Level.INFO, text);
    }

    @Test
    void lines_of_several_calls_in_one_transaction_go_on_counting() {
        saveReleases();
        inTransaction(session -> {
            session.log(List.of(Sample.line(ONE, "1")));
            session.log(List.of());
            session.log(List.of(Sample.line(ONE, "2"), Sample.line(ONE, "3")));
        });

        assertThat(texts(0, 100)).containsExactly("1", "2", "3");
        assertThat(sequences()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void reading_goes_on_after_a_line_and_stops_at_the_most_wanted() {
        saveReleases();
        inTransaction(session -> session.log(IntStream.rangeClosed(1, 300)
                .mapToObj(i -> Sample.line(ONE, "line " + i))
                .toList()));

        assertThat(texts(0, 2)).containsExactly("line 1", "line 2");
        assertThat(texts(2, 2)).containsExactly("line 3", "line 4");
        assertThat(texts(298, 10)).containsExactly("line 299", "line 300");
        assertThat(texts(300, 10)).isEmpty();
        assertThat(texts(5_000, 10)).isEmpty();
    }

    @Test
    void a_release_without_lines_has_an_empty_log() {
        assertThat(texts(0, 10)).isEmpty();
    }

    @Test
    void lines_of_several_writers_are_numbered_without_gaps_and_nobody_sees_one_come_before_a_seen_one() {
        saveReleases();
        int each = 30;
        Callable<Integer> writer = () -> {
            for (int i = 0; i < each; i++) {
                retrying(session -> {
                    session.log(List.of(Sample.line(ONE, "a"), Sample.line(ONE, "b")));
                    return true;
                });
            }
            return each;
        };
        List<Long> followed = new ArrayList<>();
        Callable<Integer> reader = () -> {
            while (followed.size() < 4 * each && !Thread.currentThread().isInterrupted()) {
                long last = followed.isEmpty() ? 0 : followed.get(followed.size() - 1);
                store.logs().after(ONE, last, 7).forEach(line -> followed.add(line.sequence()));
            }
            return followed.size();
        };

        atOnce(List.of(writer, writer, reader));

        List<Long> gapless = LongStream.rangeClosed(1, 4L * each).boxed().toList();
        assertThat(sequences()).isEqualTo(gapless);
        assertThat(followed).isEqualTo(gapless);
    }

    private void saveReleases() {
        save(Sample.release(ONE.value()).build());
        save(Sample.release(TWO.value()).build());
    }

    private List<String> texts(long after, int max) {
        return store.logs().after(ONE, after, max).stream()
                .map(line -> line.entry().text())
                .toList();
    }

    private List<Long> sequences() {
        return store.logs().after(ONE, 0, 1_000).stream().map(LogLine::sequence).toList();
    }
}
