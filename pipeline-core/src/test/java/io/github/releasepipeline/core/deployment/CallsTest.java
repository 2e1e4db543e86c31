package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Calls calls = new Calls();

    @Test
    void an_answer_is_handed_over() {
        assertThat(calls.make(LONG, () -> 42)).isEqualTo(new Calls.Reply.Answer<>(42));
    }

    @Test
    void a_call_that_throws_is_broken() {
        IllegalStateException problem = new IllegalStateException("no");
        assertThat(calls.<String>make(LONG, () -> {
                    throw problem;
                }))
                .isEqualTo(new Calls.Reply.Broken<>(problem));
    }

    @Test
    void nobody_waits_longer_than_the_limit_and_nobody_interrupts_the_call() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch undisturbed = new CountDownLatch(1);
        assertThat(calls.make(Duration.ofMillis(20), () -> {
                    waitFor(end);
                    undisturbed.countDown();
                    return true;
                }))
                .isEqualTo(new Calls.Reply.None<>());
        end.countDown();
        undisturbed.await();
    }

    @Test
    void a_limit_may_be_longer_than_anybody_can_count() {
        assertThat(calls.make(Duration.ofSeconds(Long.MAX_VALUE), () -> "soon"))
                .isEqualTo(new Calls.Reply.Answer<>("soon"));
    }

    @Test
    void calls_do_not_keep_the_process_alive() {
        assertThat(calls.make(LONG, () -> Thread.currentThread().isDaemon())).isEqualTo(new Calls.Reply.Answer<>(true));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("disturbed", e);
        }
    }
}
