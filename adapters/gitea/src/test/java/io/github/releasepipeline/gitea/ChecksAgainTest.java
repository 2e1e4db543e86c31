package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksAgainTest {
    private static final long BIG = 5_000_000_000L;

    private final Scene scene = new Scene();
    private final long number = scene.open("Add", Scene.INVOICE);
    private final String head = scene.pull(number).head;

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @Test
    void checks_of_any_commit_are_read() {
        scene.forge.status(head, "jenkins", "failure", "red");

        assertThat(scene.gitea.checks(scene.head(number)).checks())
                .extracting(CheckSummary.Check::name, CheckSummary.Check::status)
                .containsExactly(tuple("jenkins", CheckSummary.Status.FAILED));
    }

    @Test
    void failed_jobs_run_again_and_the_others_do_not() {
        scene.forge.run(head, BIG, "test.yml", "completed", "failure");
        scene.forge.run(head, BIG + 1, "lint.yml", "completed", "success");

        assertThat(scene.gitea.runChecks(number, scene.head(number))).isEmpty();
        assertThat(scene.forge.runStates()).containsExactly(BIG + " queued", (BIG + 1) + " completed");
        assertThat(scene.asked("/" + BIG + "/rerun-failed-jobs")).isEqualTo(1);
    }

    @Test
    void everything_runs_again_if_nothing_failed() {
        scene.forge.run(head, 1, "test.yml", "completed", "success");
        scene.forge.run(head, 2, "lint.yml", "completed", "skipped");

        assertThat(scene.gitea.runChecks(number, scene.head(number))).isEmpty();
        assertThat(scene.forge.runStates()).containsExactly("1 queued", "2 queued");
    }

    @Test
    void a_failure_that_was_run_again_with_success_is_past() {
        scene.forge.run(head, 1, "test.yml", "completed", "failure");
        scene.forge.run(head, 2, "test.yml", "completed", "success");

        scene.gitea.runChecks(number, scene.head(number));

        assertThat(scene.forge.runStates()).containsExactly("1 completed", "2 queued");
    }

    @Test
    void what_runs_is_not_started_again() {
        scene.forge.run(head, 1, "test.yml", "in_progress", "");

        assertThat(scene.gitea.runChecks(number, scene.head(number)))
                .hasValueSatisfying(why -> assertThat(why).contains("still running"));
    }

    @Test
    void another_head_is_refused() {
        scene.forge.run(head, 1, "test.yml", "completed", "failure");
        scene.forge.push(number, Map.of("agents/b.json", "1"));

        assertThat(scene.gitea.runChecks(number, new CommitId(head)))
                .hasValueSatisfying(
                        why -> assertThat(why).contains(scene.head(number).abbreviated()));
        assertThat(scene.forge.runStates()).containsExactly("1 completed");
    }

    @Test
    void checks_of_other_systems_are_not_run_from_here() {
        scene.forge.status(head, "jenkins", "failure", "red");

        assertThat(scene.gitea.runChecks(number, scene.head(number)))
                .hasValueSatisfying(why -> assertThat(why).contains("No workflow"));
    }

    @Test
    void a_refusal_is_told_in_the_servers_words() {
        scene.forge.run(head, 1, "test.yml", "completed", "failure");
        scene.routes.instead("POST", Answer.json(400, "{\"message\": \"this workflow is disabled\"}"));

        assertThat(scene.gitea.runChecks(number, scene.head(number))).contains("run 1: this workflow is disabled");
    }

    @Test
    void an_unknown_number_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> scene.gitea.runChecks(99, scene.head(number)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Described.class,
            names = {"GITEA_1_22", "GITEA_1_25", "FORGEJO_16"})
    void a_server_that_cannot_run_checks_again_is_not_asked_to(Described version) {
        try (Scene old = new Scene(version, "")) {
            long pull = old.open("Add", Scene.INVOICE);

            assertThat(old.gitea.runChecks(pull, old.head(pull)))
                    .hasValueSatisfying(why -> assertThat(why).contains(version.version));
            assertThat(old.asked("/actions/")).isZero();
        }
    }
}
