package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Plays thousands of schedules; {@code -Dsimulation.schedules=1000000} plays more of them, {@code -Dsimulation.seed=42} that
 * one, {@code -Dsimulation.first=…} begins with another. Each schedule is on one thread, several are played at once.
 */
class SimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 1);
    private static final long END = FIRST + Long.getLong("simulation.schedules", 2_000);
    private static final long TOLD_EACH = 50_000;

    private final AtomicLong next = new AtomicLong(FIRST);

    @Test
    void no_schedule_of_faults_breaks_a_rule_and_all_come_to_rest() throws Exception {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            new Simulation(only).play();
            return;
        }
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService players = Executors.newFixedThreadPool(processors);
        try {
            long played = 0;
            Callable<Long> player = this::play;
            for (Future<Long> count : players.invokeAll(Collections.nCopies(processors, player))) {
                played += count.get();
            }
            assertThat(played).isEqualTo(END - FIRST);
        } finally {
            players.shutdown();
        }
    }

    /** Plays what is left, until a schedule fails; returns how many it played. */
    private long play() {
        long played = 0;
        try {
            for (long seed = next.getAndIncrement(); seed < END; seed = next.getAndIncrement()) {
                new Simulation(seed).play();
                played++;
                if (seed % TOLD_EACH == 0) {
                    System.out.println("Schedules up to " + seed + " were played");
                }
            }
            return played;
        } finally {
            next.set(END);
        }
    }

    @Test
    void the_same_seed_is_the_same_story_word_by_word() {
        for (long seed = 1; seed <= 30; seed++) {
            Simulation one = new Simulation(seed);
            Simulation other = new Simulation(seed);
            one.play();
            other.play();

            assertThat(other.trace()).as("seed %d", seed).isEqualTo(one.trace()).isNotEmpty();
        }
    }
}
