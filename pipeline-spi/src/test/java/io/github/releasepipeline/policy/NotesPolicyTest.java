package io.github.releasepipeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.policy.NotesPolicy.Severity;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NotesPolicyTest {
    @Test
    void nothing_is_demanded_unless_it_is_said() {
        assertThat(NotesPolicy.none())
                .isEqualTo(new NotesPolicy(Severity.OFF, Severity.OFF, Set.of(), Set.of(), Severity.OFF, Set.of()));
        assertThat(NotesPolicy.none().kinds()).isEmpty();
    }

    @Test
    void each_demand_leaves_the_others_as_they_are() {
        NotesPolicy policy = NotesPolicy.none()
                .schema(Severity.FAIL, "migration", "table")
                .company(Severity.WARN, "workflow", "test", "agent")
                .sections(Severity.FAIL);

        assertThat(policy)
                .isEqualTo(new NotesPolicy(
                        Severity.FAIL,
                        Severity.WARN,
                        Set.of("workflow"),
                        Set.of("agent", "test"),
                        Severity.FAIL,
                        Set.of("migration", "table")));
        assertThat(policy.kinds()).containsExactly("agent", "migration", "table", "test", "workflow");
        assertThat(policy.following()).containsExactly("agent", "test");
    }
}
