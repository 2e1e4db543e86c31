package io.github.releasepipeline.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickstartIT {
    @TempDir
    static Path data;

    private static Run first;

    @BeforeAll
    static void tell_the_story_once() {
        first = Run.of("--data", data);
    }

    @Test
    @Order(1)
    void the_story_ends_well_and_says_nothing_on_standard_error() {
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.text())
                .contains(data.toString())
                .contains("✓ The audit chain is intact")
                .endsWith("0 problems");
    }

    @Test
    @Order(1)
    void the_pull_requests_stand_in_the_table_of_the_specification() {
        assertThat(first.out())
                .anySatisfy(
                        line -> assertThat(line).matches("PR # +Title +Author +Status +Changed Items +Checks +Created"))
                .anySatisfy(line -> assertThat(line)
                        .matches("#342 +Add invoice classification +alice +✓ Approved +2 workflows, 1 agent +5/5 passed"
                                + " +2 days ago"))
                .anySatisfy(line -> assertThat(line)
                        .matches("#341 +Fix timeout in doc extraction +bob +⏳ Review requested +1 workflow +3/5 passed"
                                + " +1 day ago"))
                .anySatisfy(line -> assertThat(line)
                        .matches("#340 +Update onboarding prompt +carol +✗ Changes requested +1 agent +2/5 passed"
                                + " +3 hours ago"));
    }

    @Test
    @Order(1)
    void change_set_and_version_are_those_of_the_specification() {
        assertThat(first.out())
                .anySatisfy(line -> assertThat(line)
                        .matches(
                                "Invoice Processing v2 +3 PRs \\(#342, #341, #339\\) +2 workflows, 1 agent +alice +Ready"
                                        + " to version"))
                .anySatisfy(line -> assertThat(line)
                        .matches("v1.3.0 +Invoice Processing v2 +Minor +2 workflows, 1 agent +just now +Published"));
    }

    @Test
    @Order(1)
    void the_production_log_has_the_seven_steps_each_told_once() {
        List<String> log = deployment("Starting deployment of v1.3.0 to production");
        assertThat(log)
                .allSatisfy(line -> assertThat(line).matches("\\[\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d] .+"));
        assertThat(log)
                .filteredOn(line -> line.contains("✓ Backup created: backup-production-"))
                .hasSize(1);
        assertThat(log)
                .filteredOn(line -> line.contains("✓ Version v1.3.0 is now active"))
                .hasSize(1);
        assertThat(log.stream().map(line -> line.substring(22)).toList())
                .containsSubsequence(
                        "Running pre-deployment checks...",
                        "✓ Database connection healthy",
                        "Running quality gates...",
                        "✓ Workflow validation passed (7 workflows)",
                        "Creating backup of current state...",
                        "Deploying artifacts...",
                        "✓ Updated workflow: invoice-extraction",
                        "Running post-deployment checks...",
                        "✓ Smoke tests passed (3/3)",
                        "Activating new version...",
                        "✓ Version v1.3.0 is now active in production",
                        "✓ Notifications queued");
        assertThat(log.get(log.size() - 1)).contains("] Deployment succeeded in ");
    }

    @Test
    @Order(1)
    void the_failing_smoke_test_leaves_staging_as_it_was() {
        List<String> log = deployment("Starting deployment of v1.3.1 to staging");
        assertThat(log)
                .anySatisfy(line -> assertThat(line).contains("calls the agent 'invoice-auditor', which is not there"));
        assertThat(first.text())
                .contains("staging still runs v1.3.0")
                .containsPattern("v1.3.1 +Staging +✗ Failed")
                .containsPattern("v1.3.0 +Production +Rolled back");
    }

    @Test
    @Order(1)
    void the_rollback_is_told_in_its_five_steps_and_audited_in_the_specifications_json() {
        assertThat(deployment("Starting rollback from v1.3.0 to v1.2.1 in production").stream()
                        .map(line -> line.substring(22))
                        .toList())
                .containsSubsequence(
                        "Deactivating current version...",
                        "Restoring previous artifacts...",
                        "Activating previous version...",
                        "✓ Version v1.2.1 is now active in production",
                        "Verifying rollback...",
                        "Alerting the team...");
        assertThat(first.text())
                .containsPattern("(?s)\\{\n"
                        + "  \"event\": \"release.rollback\",\n"
                        + "  \"version_from\": \"v1.3.0\",\n"
                        + "  \"version_to\": \"v1.2.1\",\n"
                        + "  \"environment\": \"production\",\n"
                        + "  \"initiated_by\": \"alice\",\n"
                        + "  \"reason\": \"High error rate in invoice-classification workflow\",\n"
                        + "  \"timestamp\": \"[0-9T:.-]+Z\"\n\\}");
    }

    @Test
    @Order(1)
    void the_metrics_are_those_of_the_specification_and_of_dora() {
        assertThat(first.text())
                .containsPattern("Open PRs +1 +PRs awaiting review or merge")
                .containsPattern("Versions published \\(this month\\) +3 +Total versions created")
                .containsPattern("Successful deployments \\(this month\\) +7 +Deployments that succeeded")
                .containsPattern("Deployment success rate +88% +Percentage of successful deployments")
                .containsPattern("Mean time to deploy +\\d\\.\\d days +Average time from PR open to production")
                .containsPattern("Change failure rate \\(DORA\\) +50%");
    }

    @Test
    @Order(2)
    void a_second_run_goes_on_and_tells_programs_the_same_facts() throws Exception {
        Run second = Run.of("--data", data, "--json");

        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).isEmpty();
        JsonNode facts = new ObjectMapper().readTree(second.text());
        assertThat(facts.path("versions").findValuesAsText("version"))
                .containsExactly("v1.4.1", "v1.4.0", "v1.3.1", "v1.3.0", "v1.2.1");
        assertThat(facts.path("pull_requests").findValuesAsText("number")).containsExactly("345", "340");
        assertThat(facts.path("rollbacks").findValuesAsText("version_from")).containsExactly("v1.4.0", "v1.3.0");
        assertThat(facts.path("audit").path("intact").asBoolean()).isTrue();
        assertThat(facts.path("metrics").path("successful_deployments").asInt()).isEqualTo(11);
        assertThat(facts.path("releases").get(0).path("log").get(0).asText())
                .contains("Starting rollback from v1.4.0 to v1.2.1 in production");
    }

    @Test
    @Order(3)
    void the_storys_own_repository_can_be_read() {
        Run reading = Run.of(
                "--repo",
                data.resolve("repository"),
                "--items",
                "workflow=workflows/**/*.json",
                "agent=agents/**/*.json");

        assertThat(reading.exitCode()).isZero();
        assertThat(reading.text())
                .contains("Pull requests: 2 open, 9 merged")
                .contains("Versions: 5 tags are semantic versions")
                .containsPattern("v1.3.0 .* 7 agents, 7 workflows +2 workflows, 1 agent +v1.2.1");
    }

    /** The lines of a log from the one that begins it to the one that ends it. */
    private static List<String> deployment(String begin) {
        List<String> lines = first.out();
        int from = lines.indexOf(
                lines.stream().filter(line -> line.endsWith(begin)).findFirst().orElseThrow());
        int to = from;
        while (lines.get(to).startsWith("[")) {
            to++;
        }
        return lines.subList(from, to);
    }
}
