package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.error.PipelineException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersistenceTest {
    private final Pulse closing = new Pulse();
    private final Persistence persistence = new Persistence(closing);
    private int calls;

    static List<PipelineException> passing() {
        return List.of(AdapterException.passing("no connection", null), new ConcurrentUpdateException("Release r1"));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void what_fails_for_a_while_is_tried_until_it_succeeds(PipelineException problem) {
        assertThat(persistence.insist(() -> failing(problem, 2))).isEqualTo("done");
        assertThat(calls).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void a_process_that_closes_tries_once_and_gives_up(PipelineException problem) {
        closing.beat();
        assertThatThrownBy(() -> persistence.insist(() -> failing(problem, 1))).isSameAs(problem);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void what_only_a_person_can_change_is_not_tried_again() {
        AdapterException lasting = AdapterException.lasting("wrong password", null);
        assertThatThrownBy(() -> persistence.insist(() -> failing(lasting, 1))).isSameAs(lasting);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void an_interrupted_worker_gives_up_and_stays_interrupted() {
        AdapterException problem = AdapterException.passing("no connection", null);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> persistence.insist(() -> failing(problem, 1))).isSameAs(problem);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closing_wakes_who_waits_for_the_store() throws InterruptedException {
        // given
        AdapterException problem = AdapterException.passing("no connection", null);
        CountDownLatch longWait = new CountDownLatch(5);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread worker = new Thread(() -> {
            try {
                persistence.insist(() -> {
                    longWait.countDown();
                    throw problem;
                });
            } catch (AdapterException e) {
                end.set(e);
            }
        });
        worker.setDaemon(true);
        worker.start();
        assertThat(longWait.await(30, TimeUnit.SECONDS)).isTrue();
        // when
        closing.beat();
        worker.join(30_000);
        // then
        assertThat(end.get()).isSameAs(problem);
    }

    private String failing(PipelineException problem, int times) {
        if (++calls <= times) {
            throw problem;
        }
        return "done";
    }
}
