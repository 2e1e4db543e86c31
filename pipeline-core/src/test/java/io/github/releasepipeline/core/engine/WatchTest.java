package io.github.releasepipeline.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.store.SyncPoint;
import io.github.releasepipeline.subject.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final SyncPoint FIRST = point("first");
    private static final SyncPoint SECOND = point("second");

    private final Pulse pulse = new Pulse();

    private static SyncPoint point(String cursor) {
        return new SyncPoint("acme/flows", cursor, Instant.EPOCH, Instant.EPOCH, true);
    }

    private void commit(SubjectId<?> id, Optional<Stored<?>> now) {
        pulse.beat(Map.of(id, now));
    }

    private void commit(SyncPoint point, long revision) {
        commit(point.id(), Optional.of(new Stored<>(point, revision, ChainHead.empty())));
    }

    @Test
    void who_watches_hears_the_newest_snapshot() {
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> true)) {
            assertThat(watch.newest()).isEmpty();
            commit(FIRST, 1);
            commit(SECOND, 2);
            assertThat(watch.newest()).contains(SECOND);
        }
    }

    @Test
    void what_is_told_late_is_not_the_newest() {
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> true)) {
            commit(SECOND, 2);
            commit(FIRST, 1);
            commit(FIRST, 2);
            assertThat(watch.newest()).contains(SECOND);
        }
    }

    @Test
    void news_of_other_subjects_are_not_heard() throws InterruptedException {
        SyncPoint other = new SyncPoint("acme/other", "x", Instant.EPOCH, Instant.EPOCH, true);
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> true)) {
            commit(other, 1);
            long before = System.nanoTime();
            watch.await(Duration.ofMillis(20));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(19_000_000);
            assertThat(watch.newest()).isEmpty();
        }
    }

    @Test
    void each_watch_of_a_subject_hears() {
        try (Watch<SyncPoint> one = pulse.watch(FIRST.id(), news -> true);
                Watch<SyncPoint> two = pulse.watch(FIRST.id(), news -> true)) {
            commit(FIRST, 1);
            assertThat(one.newest()).contains(FIRST);
            assertThat(two.newest()).contains(FIRST);
            two.close();
            commit(SECOND, 2);
            assertThat(one.newest()).contains(SECOND);
            assertThat(two.newest()).contains(FIRST);
        }
    }

    @Test
    void news_wake_who_waits_once_also_without_a_snapshot() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(1);
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> true)) {
            Thread waiting = new Thread(() -> {
                try {
                    watch.await(LONG);
                    woken.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            waiting.setDaemon(true);
            waiting.start();
            await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            commit(FIRST.id(), Optional.empty());
            assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.newest()).isEmpty();

            long before = System.nanoTime();
            watch.await(Duration.ofMillis(20));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(19_000_000);
        }
    }

    @Test
    void what_is_no_news_wakes_nobody_and_is_told_with_the_next_news() throws InterruptedException {
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> news.equals(Optional.of(SECOND)))) {
            commit(FIRST.id(), Optional.empty());
            commit(FIRST, 1);
            long before = System.nanoTime();
            watch.await(Duration.ofMillis(20));
            assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(19_000_000);
            assertThat(watch.newest()).contains(FIRST);

            commit(SECOND, 2);
            watch.await(LONG);
            assertThat(watch.newest()).contains(SECOND);
        }
    }

    @Test
    void news_from_before_the_waiting_are_not_missed() throws InterruptedException {
        try (Watch<SyncPoint> watch = pulse.watch(FIRST.id(), news -> true)) {
            commit(FIRST, 1);
            long before = System.nanoTime();
            watch.await(LONG);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void a_commit_beats_for_all_who_wait_for_anything() {
        long beats = pulse.beats();
        commit(FIRST, 1);
        assertThat(pulse.beats()).isEqualTo(beats + 1);
    }
}
