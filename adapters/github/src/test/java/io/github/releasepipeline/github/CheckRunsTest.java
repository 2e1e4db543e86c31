package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.github.FakeGitHub.FakeCheck;
import io.github.releasepipeline.source.CheckSummary;
import io.github.releasepipeline.source.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckRunsTest {
    private final Forge forge = new Forge();
    private final FakePull pull = forge.fake.open("Add", "alice", Map.of("workflows/a.json", "x"));

    @AfterEach
    void close() {
        forge.close();
    }

    @Test
    void failed_jobs_passed_workflows_and_suites_of_other_apps_run_again() {
        checks(
                new FakeCheck(3_000_000_001L, "github-actions", "build", "completed", "failure"),
                new FakeCheck(2, "github-actions", "lint", "completed", "success"),
                new FakeCheck(3, "other-ci", "test", "completed", "failure"));

        assertThat(again()).isEmpty();

        assertThat(forge.server.requests())
                .contains(
                        "POST /repos/acme/flows/actions/runs/3000000001/rerun-failed-jobs",
                        "POST /repos/acme/flows/actions/runs/2/rerun",
                        "POST /repos/acme/flows/check-suites/3/rerequest");
        assertThat(forge.gitHub.pullRequest(pull.number).pullRequest().checks().passed())
                .isZero();
    }

    @Test
    void why_nothing_could_run_again_is_told_for_each() {
        checks(
                new FakeCheck(1, "github-actions", "build", "in_progress", ""),
                new FakeCheck(2, "", "ci/legacy", "", "failure"));

        assertThat(again().orElseThrow())
                .contains("build: is running")
                .contains("ci/legacy: a commit status can only be run again where it is made");
    }

    @Test
    void without_checks_there_is_nothing_to_run() {
        assertThat(again()).contains("it has no checks");
    }

    @Test
    void checks_of_any_commit_are_read() {
        checks(
                new FakeCheck(1, "github-actions", "build", "completed", "failure"),
                new FakeCheck(2, "", "ci/legacy", "", "success"));

        CheckSummary summary = forge.gitHub.checks(new CommitId(pull.head()));

        assertThat(summary.checks())
                .extracting(CheckSummary.Check::name, CheckSummary.Check::status)
                .containsExactly(
                        tuple("build", CheckSummary.Status.FAILED), tuple("ci/legacy", CheckSummary.Status.PASSED));
    }

    @Test
    void another_head_is_refused() {
        CommitId before = new CommitId(pull.head());
        forge.fake.push(pull, Map.of("workflows/b.json", "x"), "More");

        assertThat(forge.gitHub.runChecks(pull.number, before))
                .contains("the head is " + pull.head().substring(0, 10) + " now");
    }

    @Test
    void a_missing_permission_is_a_reason_that_names_it() {
        checks(new FakeCheck(1, "github-actions", "build", "completed", "failure"));
        forge.fake.strike(asked -> asked.method().equals("POST")
                ? Optional.of(FakeGitHub.problem(403, "Resource not accessible by personal access token")
                        .header("X-Accepted-GitHub-Permissions", "actions=write"))
                : Optional.empty());

        assertThat(again().orElseThrow())
                .contains("build: Resource not accessible")
                .contains("actions=write");
    }

    @Test
    void an_unknown_number_is_not_found() {
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> forge.gitHub.runChecks(987_654, new CommitId(pull.head())));
    }

    private void checks(FakeCheck... checks) {
        forge.fake.checks.put(pull.head(), new ArrayList<>(List.of(checks)));
    }

    private Optional<String> again() {
        return forge.gitHub.runChecks(pull.number, new CommitId(pull.head()));
    }
}
