package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.play.HandCrankedThreads;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrandsTest {
    private final HandCrankedThreads threads = new HandCrankedThreads();
    private final Errands errands = new Errands(threads);
    private final List<String> done = new ArrayList<>();

    @Test
    void what_is_asked_for_many_times_before_it_is_begun_is_done_once_more_at_most() {
        for (int i = 0; i < 5; i++) {
            errands.run("a", () -> done.add("a"));
        }
        assertThat(threads.crank()).isTrue();
        assertThat(threads.crank()).isFalse();
        assertThat(done).containsExactly("a", "a");
    }

    @Test
    void what_is_asked_for_while_it_is_done_is_done_again() {
        errands.run("a", () -> {
            done.add("a");
            if (done.size() == 1) {
                errands.run("a", () -> done.add("never: the first errand is repeated"));
            }
        });
        threads.crank();
        assertThat(done).containsExactly("a", "a");
        errands.run("a", () -> done.add("later"));
        threads.crank();
        assertThat(done).containsExactly("a", "a", "later");
    }

    @Test
    void one_errand_does_not_wait_for_another() {
        errands.run("a", () -> done.add("a"));
        errands.run("b", () -> done.add("b"));
        assertThat(threads.crank()).isTrue();
        assertThat(threads.crank()).isTrue();
        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void an_errand_that_fails_can_be_asked_for_again() {
        errands.run("a", () -> {
            throw new IllegalStateException("not now");
        });
        threads.crank();
        errands.run("a", () -> done.add("a"));
        threads.crank();
        assertThat(done).containsExactly("a");
    }

    @Test
    void an_errand_whose_thread_is_gone_can_be_asked_for_again() {
        errands.run("a", () -> {
            throw new AssertionError("this thread is gone");
        });
        assertThatThrownBy(threads::crank).hasMessage("this thread is gone");
        errands.run("a", () -> done.add("a"));
        threads.crank();
        assertThat(done).containsExactly("a");
    }

    @Test
    void what_finds_no_thread_can_be_asked_for_again() {
        HandCrankedThreads crowded = new HandCrankedThreads() {
            private boolean full = true;

            @Override
            public void execute(Runnable work) {
                if (full) {
                    full = false;
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.execute(work);
            }
        };
        Errands unlucky = new Errands(crowded);
        assertThatThrownBy(() -> unlucky.run("a", () -> done.add("a"))).isInstanceOf(OutOfMemoryError.class);
        unlucky.run("a", () -> done.add("a"));
        crowded.crank();
        assertThat(done).containsExactly("a");
    }

    @Test
    void after_the_end_nothing_is_done_and_nobody_hears_a_complaint() {
        Errands closed = new Errands(Workers.ownThreads());
        closed.close();
        assertThatCode(() -> closed.run("a", () -> done.add("a"))).doesNotThrowAnyException();
        assertThat(done).isEmpty();
    }
}
