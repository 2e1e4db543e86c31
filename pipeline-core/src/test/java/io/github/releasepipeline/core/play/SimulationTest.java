package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Plays thousands of schedules; {@code -Dsimulation.schedules=1000000} plays more of them, {@code -Dsimulation.seed=42} that
 * one, {@code -Dsimulation.first=…} begins with another.
 */
class SimulationTest {
    private static final long SCHEDULES = Long.getLong("simulation.schedules", 2_000);
    private static final long FIRST = Long.getLong("simulation.first", 1);

    @Test
    void no_schedule_of_faults_breaks_a_rule_and_all_come_to_rest() {
        Long only = Long.getLong("simulation.seed");
        if (only != null) {
            new Simulation(only).play();
            return;
        }
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            new Simulation(seed).play();
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
