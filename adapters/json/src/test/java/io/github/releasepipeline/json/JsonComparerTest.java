package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.StructureComparer;
import io.github.releasepipeline.difference.StructureComparer.State;
import io.github.releasepipeline.tck.StructureComparerContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonComparerTest extends StructureComparerContract {
    private static final String LONG = "n".repeat(1_500_000);

    @Override
    protected StructureComparer comparer() {
        return JsonComparer.standard();
    }

    @Test
    void a_long_name_above_many_members_is_not_written_out_for_each_of_them() {
        Optional<State> state = below(100_000, 1);

        StructuralDifference same = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> comparer().compare(state, state));

        assertThat(same).isEqualTo(new StructuralDifference.Compared(List.of(), 0));
    }

    @Test
    void paths_are_told_up_to_a_length_and_the_changes_beyond_are_counted() {
        StructuralDifference difference = comparer().compare(below(200, 1), below(200, 2));

        assertThat(difference).isInstanceOfSatisfying(StructuralDifference.Compared.class, compared -> {
            assertThat(compared.changes()).hasSize(3);
            assertThat(compared.changes().get(0).pointer()).isEqualTo("/" + LONG + "/0");
            assertThat(compared.omitted()).isEqualTo(197);
        });
    }

    @Test
    void a_number_whose_exponent_has_too_many_digits_is_answered_as_not_comparable() {
        Optional<State> state = JsonComparerProperties.state("[1e99999999999]".getBytes(StandardCharsets.UTF_8));

        assertThat(comparer().compare(state, state))
                .isEqualTo(new StructuralDifference.NotCompared(
                        "'flow.json' is not JSON: line 1, column 2: Number out of range"));
    }

    private static Optional<State> below(int members, int value) {
        return JsonComparerProperties.state(IntStream.range(0, members)
                .mapToObj(i -> "\"" + i + "\":" + value)
                .collect(Collectors.joining(",", "{\"" + LONG + "\":{", "}}"))
                .getBytes(StandardCharsets.UTF_8));
    }
}
