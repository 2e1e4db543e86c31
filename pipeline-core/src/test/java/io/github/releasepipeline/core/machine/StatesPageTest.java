package io.github.releasepipeline.core.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.automation.AutomationMachine;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.release.ReleaseActions;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The diagrams in the documentation are those of the tables. */
class StatesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "states.md");
    private static final String REWRITE = "states.rewrite";

    @Test
    void the_page_shows_the_tables() throws IOException {
        // given
        String page = page();
        // when
        if (Boolean.getBoolean(REWRITE)) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        // then
        assertThat(PAGE)
                .as("docs/states.md; to write it anew: "
                        + "./mvnw -pl pipeline-core -am test -Dtest=StatesPageTest -D" + REWRITE
                        + "=true -Dsurefire.failIfNoSpecifiedTests=false")
                .content()
                .isEqualTo(page);
    }

    private static String page() {
        return """
                # States

                Generated from the transition tables in `pipeline-core`; a test compares this page with them. The arrows carry
                the names of events as they stand in the audit trail, without the family (`release.`). An event that is on no
                arrow out of a state cannot happen there.

                ## Change sets

                %s
                ### Automatic change sets

                What a rule does with one merge. A rule that only groups is done at once.

                %s
                ## Versions

                A version is immutable from PUBLISHED on: what follows concerns only whether it may still be deployed.

                %s
                ## Releases

                %s
                ### What can be done with a release

                | state | actions |
                |---|---|
                %s
                """.formatted(
                        diagram(ChangeSetMachine.TABLE),
                        diagram(AutomationMachine.TABLE),
                        diagram(VersionMachine.TABLE),
                        diagram(ReleaseMachine.TABLE),
                        actions());
    }

    private static String diagram(TransitionTable<?> table) {
        return "```mermaid\n" + table.toMermaid() + "```\n";
    }

    private static String actions() {
        StringBuilder rows = new StringBuilder();
        for (ReleaseState.Kind state : ReleaseState.Kind.values()) {
            rows.append(ReleaseActions.in(state).stream()
                    .map(ReleaseAction::label)
                    .collect(Collectors.joining(", ", "| " + state + " | ", " |\n")));
        }
        return rows.toString().stripTrailing();
    }
}
