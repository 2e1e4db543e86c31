package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.target.StepOutcome;
import java.time.Duration;
import java.util.Map;
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
        assertThat(calls.<String>make(LONG, () -> {
                    throw new IllegalStateException("no");
                }))
                .isEqualTo(new Calls.Reply.Broken<>("IllegalStateException: no"));
    }

    @Test
    void a_call_that_is_out_of_memory_is_broken_and_does_no_harm_to_who_waits_for_it() {
        assertThat(calls.<String>make(LONG, () -> {
                    throw new OutOfMemoryError("Required array size too large");
                }))
                .isEqualTo(new Calls.Reply.Broken<>("OutOfMemoryError: Required array size too large"));
    }

    @Test
    void null_is_no_answer() {
        assertThat(calls.make(LONG, () -> Map.<String, String>of().get("nothing")))
                .isEqualTo(new Calls.Reply.Broken<>("null instead of an answer"));
    }

    @Test
    void what_is_told_of_a_broken_call_has_an_end() {
        Calls.Reply<String> reply = calls.make(LONG, () -> {
            throw new IllegalStateException("m".repeat(1_000_000));
        });
        assertThat(Calls.problem(reply, LONG))
                .startsWith("IllegalStateException: mmm")
                .hasSize(StepOutcome.TEXT_LENGTH);
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
