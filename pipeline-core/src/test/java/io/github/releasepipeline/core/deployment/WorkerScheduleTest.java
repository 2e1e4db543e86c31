package io.github.releasepipeline.core.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many schedules of faults, each made from a seed. {@code -Dsimulation.seed=S} runs one, {@code -Dsimulation.schedules=N} so many. */
class WorkerScheduleTest {
    private static final int SCHEDULES = 3000;

    @Test
    void no_schedule_of_faults_breaks_what_is_guaranteed() {
        Long only = Long.getLong("simulation.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? Integer.getInteger("simulation.schedules", SCHEDULES) : only;
        for (long seed = first; seed <= last; seed++) {
            try {
                new SimulatedRelease(seed).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        "Seed " + seed + " fails; run it again with"
                                + " ./mvnw -pl pipeline-core -am verify -Dtest=WorkerScheduleTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dsimulation.seed=" + seed,
                        e);
            }
        }
    }

    @Test
    void every_fault_happens_and_releases_succeed_all_the_same() {
        List<List<String>> traces = LongStream.rangeClosed(1, 200)
                .mapToObj(seed -> new SimulatedRelease(seed).run())
                .toList();
        assertThat(traces.stream().flatMap(List::stream))
                .anyMatch(line -> line.equals("crash before the call"))
                .anyMatch(line -> line.equals("crash after the call"))
                .anyMatch(line -> line.startsWith("taken over"))
                .anyMatch(line -> line.equals("activate fate 2"))
                .anyMatch(line -> line.equals("activate fate 5"))
                .anyMatch(line -> line.equals("probe fate 6"));
        assertThat(traces.stream().map(trace -> trace.get(trace.size() - 1)))
                .filteredOn(end -> end.startsWith("Succeeded"))
                .hasSizeGreaterThan(20);
    }

    @Test
    void the_same_seed_gives_the_same_schedule() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(new SimulatedRelease(seed).run()).isEqualTo(new SimulatedRelease(seed).run());
        }
    }
}
