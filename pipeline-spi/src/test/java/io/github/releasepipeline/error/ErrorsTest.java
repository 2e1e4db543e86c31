package io.github.releasepipeline.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void a_refusal_says_which_rule_about_what_and_what_is_allowed() {
        RefusedException refused = new RefusedException("a.rule", "release:r1", "No", List.of("Cancel", "Retry"));
        assertThat(refused).hasMessage("No (allowed now: Cancel, Retry)").hasNoCause();
        assertThat(refused.rule()).isEqualTo("a.rule");
        assertThat(refused.subject()).isEqualTo("release:r1");
        assertThat(refused.allowed()).containsExactly("Cancel", "Retry");
        assertThat(new RefusedException("a.rule", "s", "No", List.of())).hasMessage("No");
    }

    @Test
    void the_others_say_what_to_do() {
        assertThat(new NotFoundException("release", "r1")).hasMessage("There is no release 'r1'");
        assertThat(new ConcurrentUpdateException("release:r1"))
                .hasMessage("release:r1 was changed by somebody else at the same moment; try again");
        IllegalStateException cause = new IllegalStateException();
        assertThat(new ConcurrentUpdateException("release:r1", cause)).hasCause(cause);
    }

    @Test
    void a_problem_of_a_foreign_system_passes_or_lasts() {
        IllegalStateException cause = new IllegalStateException();
        assertThat(AdapterException.passing("m", cause).retryable()).isTrue();
        assertThat(AdapterException.lasting("m", cause).retryable()).isFalse();
        assertThat(AdapterException.lasting("m", cause)).hasMessage("m").hasCause(cause);
        assertThat(AdapterException.passing("m", cause).retryAt()).isEmpty();
    }

    @Test
    void a_problem_that_passes_at_a_known_time_tells_it() {
        Instant later = Instant.parse("2026-11-25T10:00:00Z");

        AdapterException usedUp = AdapterException.passingUntil("m", later);

        assertThat(usedUp).hasMessage("m").hasNoCause();
        assertThat(usedUp.retryable()).isTrue();
        assertThat(usedUp.retryAt()).contains(later);
    }

    @Test
    void wrong_configuration_is_told_at_once() {
        assertThat(new ConfigurationException(List.of("one"))).hasMessage("one");
        ConfigurationException two = new ConfigurationException(List.of("one", "two"));
        assertThat(two).hasMessage("2 problems:\n- one\n- two");
        assertThat(two.problems()).containsExactly("one", "two");
    }
}
