package io.github.releasepipeline.core.engine;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.actor.Permission;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.store.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PulseTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Pulse pulse = new Pulse();

    @Test
    void beats_are_counted() {
        pulse.beat();
        pulse.beat();
        assertThat(pulse.beats()).isEqualTo(2);
    }

    @Test
    void nobody_waits_for_a_beat_that_was_missed() throws InterruptedException {
        long seen = pulse.beats();
        pulse.beat();
        long before = System.nanoTime();
        pulse.await(seen, LONG);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void a_beat_wakes_all_who_wait() throws InterruptedException {
        CountDownLatch woken = new CountDownLatch(2);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Thread thread = new Thread(() -> {
                try {
                    pulse.await(0, LONG);
                    woken.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
            waiting.add(thread);
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        pulse.beat();
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waiting_ends_with_its_time_also_without_a_beat() throws InterruptedException {
        long before = System.nanoTime();
        pulse.await(pulse.beats(), Duration.ofMillis(20));
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(19), Duration.ofMinutes(1));
    }

    @Test
    void the_lock_is_given_back_after_each_call() {
        AtomicBoolean done = new AtomicBoolean();
        assertThatCode(() -> pulse.await(0, Duration.ofNanos(1))).doesNotThrowAnyException();
        pulse.beats();
        pulse.beat();
        Thread other = new Thread(() -> {
            pulse.beat();
            pulse.beats();
            done.set(true);
        });
        other.setDaemon(true);
        other.start();
        await().untilTrue(done);
    }

    @Test
    void what_the_policy_does_not_allow_is_refused_with_its_reason() {
        Access access = new Access(new AccessPolicy() {
            @Override
            public Optional<String> refusal(Actor actor, Permission permission, String scope) {
                return permission == Permission.APPROVE_RELEASE ? Optional.of("not on Fridays") : Optional.empty();
            }

            @Override
            public Set<String> groups(Actor actor) {
                return Set.of("group of " + actor.id());
            }
        });
        assertThatThrownBy(() -> access.require(ALICE, Permission.APPROVE_RELEASE, "production"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.rule()).isEqualTo("access");
                    assertThat(refused.subject()).isEqualTo("production");
                })
                .hasMessage("alice may not approve release in production: not on Fridays");
        assertThatCode(() -> access.require(ALICE, Permission.DEPLOY, "production"))
                .doesNotThrowAnyException();
        assertThat(access.groups(ALICE)).containsExactly("group of alice");
    }

    @Test
    void a_list_is_read_to_its_end_page_by_page() {
        List<String> asked = new ArrayList<>();
        List<Integer> rows = new ArrayList<>();
        AllRows.<Integer>forEach(
                request -> {
                    asked.add(request.after().orElse("start") + " " + request.size());
                    int page = asked.size();
                    return new Page<>(
                            List.of(page * 10, page * 10 + 1), page < 3 ? Optional.of("p" + page) : Optional.empty());
                },
                rows::add);
        assertThat(rows).containsExactly(10, 11, 20, 21, 30, 31);
        assertThat(asked).containsExactly("start 500", "p1 500", "p2 500");
    }
}
