package io.github.releasepipeline.core.environment;

import static io.github.releasepipeline.core.machine.Samples.ALICE;
import static io.github.releasepipeline.core.machine.Samples.STAGING;
import static io.github.releasepipeline.core.machine.Samples.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.machine.Decision;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.release.ReleaseId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRulesTest {
    private static final Environment FREE = after(
            after(Environment.fresh(STAGING), new EnvironmentEvent.SlotTaken(new ReleaseId("r1"), 7)),
            new EnvironmentEvent.SlotFreed(new ReleaseId("r1")));

    @ParameterizedTest
    @ValueSource(longs = {8, 1000, 1L << 53})
    void a_token_is_raised_to_a_higher_one(long to) {
        assertThat(TokenRules.raise(FREE, to)).isEqualTo(Decision.accept(new EnvironmentEvent.TokenRaised(to)));
        Environment raised = after(FREE, new EnvironmentEvent.TokenRaised(to));
        assertThat(raised.fencingToken()).isEqualTo(to);
        assertThat(raised.running()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 0, 6, 7, (1L << 53) + 1, Long.MAX_VALUE})
    void a_token_is_not_lowered_kept_or_used_up(long to) {
        assertThat(TokenRules.raise(FREE, to))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("token.rises"));
    }

    @Test
    void a_token_is_not_raised_under_a_running_release() {
        Environment busy = after(FREE, new EnvironmentEvent.SlotTaken(new ReleaseId("r2"), 8));
        assertThat(TokenRules.raise(busy, 100))
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.rule()).isEqualTo("token.slot-is-free"));
    }

    @Test
    void a_history_in_which_a_token_fell_is_no_history() {
        assertThatThrownBy(() -> after(FREE, new EnvironmentEvent.TokenRaised(7)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Environment after(Environment environment, EnvironmentEvent event) {
        return EnvironmentMachine.MACHINE.fold(
                new EnvironmentId(STAGING), Optional.of(environment), event, by(ALICE, "why"));
    }
}
