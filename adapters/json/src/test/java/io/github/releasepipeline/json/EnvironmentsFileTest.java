package io.github.releasepipeline.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.CanaryPolicy;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.policy.WatchPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentsFileTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final String EVERYTHING = """
            {"environments": [
              {"name": "staging"},
              {"name": "production", "tier": "production",
               "approvals": [{"count": 2}, {"group": "sre", "count": 1}],
               "refuse_votes_of": ["requester", "pull_request_author"],
               "after": "staging", "soak": "PT1H", "bypass": "hotfixes", "component": "billing",
               "queue": "newest_wins", "start": "when_approved", "pre_releases": "allowed",
               "approval_expiry": "PT48H",
               "windows": [
                 {"effect": "deny", "name": "nights", "zone": "Europe/Berlin", "start": "2026-01-01T22:00",
                  "length": "PT8H", "recurrence": "FREQ=DAILY"},
                 {"effect": "allow", "name": "launch", "zone": "UTC", "start": "2026-01-01T00:00",
                  "length": "PT240H"}],
               "gates": [
                 {"name": "Scan", "fresh_for": "PT4H"},
                 {"name": "Error budget", "settle": "PT1M", "every": "PT30S", "green_for": "PT10M", "timeout": "PT1H"},
                 {"name": "Change board", "by": "person", "group": "cab"}],
               "canary": {"percent": 10, "gates": [{"name": "Error rate", "green_for": "PT10M"}]},
               "steps": {"backup": {"timeout": "PT5M", "retries": 3},
                         "canary_analysis": {"retries": 1, "first_wait": "PT5S", "factor": 3, "longest_wait": "PT9S"}},
               "after_failure": "roll_back", "watch": {"time": "PT1H", "interval": "PT1M"}}]}
            """;

    @TempDir
    Path folder;

    @Test
    void everything_that_an_environment_demands_is_read() throws IOException {
        Path file = Files.writeString(folder.resolve("environments.json"), EVERYTHING);
        Map<EnvironmentName, EnvironmentPolicy> policies = EnvironmentsFile.read(file);
        assertThat(policies.keySet()).containsExactly(new EnvironmentName("staging"), PRODUCTION);
        assertThat(policies.get(new EnvironmentName("staging"))).isEqualTo(EnvironmentPolicy.of(Tier.DEVELOPMENT));
        assertThat(policies.get(PRODUCTION))
                .isEqualTo(new EnvironmentPolicy(
                        Tier.PRODUCTION,
                        List.of(ApprovalRule.anyone(2), ApprovalRule.group("sre", 1)),
                        Set.of(Involved.REQUESTER, Involved.PULL_REQUEST_AUTHOR),
                        Optional.of(new Upstream(new EnvironmentName("staging"), Duration.ofHours(1))),
                        EnvironmentPolicy.Bypass.HOTFIXES,
                        "billing",
                        List.of(
                                new GatePolicy("Scan", Duration.ofHours(4), new Asking.Once()),
                                new GatePolicy(
                                        "Error budget",
                                        Duration.ZERO,
                                        new Asking.Sampled(
                                                Duration.ofMinutes(1),
                                                Duration.ofSeconds(30),
                                                Duration.ofMinutes(10),
                                                Duration.ofHours(1))),
                                GatePolicy.byPerson("Change board", Optional.of("cab"))),
                        EnvironmentPolicy.QueueOrder.NEWEST_WINS,
                        EnvironmentPolicy.Start.WHEN_APPROVED,
                        EnvironmentPolicy.PreReleases.ALLOWED,
                        Duration.ofHours(48),
                        List.of(
                                DeploymentWindow.deny(
                                                "nights",
                                                ZoneId.of("Europe/Berlin"),
                                                LocalDateTime.parse("2026-01-01T22:00"),
                                                Duration.ofHours(8))
                                        .repeating("FREQ=DAILY"),
                                DeploymentWindow.allow(
                                        "launch",
                                        ZoneId.of("UTC"),
                                        LocalDateTime.parse("2026-01-01T00:00"),
                                        Duration.ofDays(10))),
                        new StepPolicy(
                                Map.of(
                                        "BACKUP",
                                        StepLimits.standard()
                                                .timeout(Duration.ofMinutes(5))
                                                .retries(3),
                                        "CANARY_ANALYSIS",
                                        StepLimits.standard()
                                                .retries(1)
                                                .waits(Duration.ofSeconds(5), 3, Duration.ofSeconds(9))),
                                AfterFailure.ROLL_BACK,
                                Optional.of(new CanaryPolicy(
                                        10,
                                        List.of(new GatePolicy(
                                                "Error rate",
                                                Duration.ZERO,
                                                new Asking.Sampled(
                                                        Duration.ZERO,
                                                        Duration.ofMinutes(1),
                                                        Duration.ofMinutes(10),
                                                        Duration.ofMinutes(30)))))),
                                Optional.of(new WatchPolicy(Duration.ofHours(1), Duration.ofMinutes(1))))));
    }

    @Test
    void what_is_not_said_is_as_the_tier_has_it() {
        assertThat(EnvironmentsFile.parse("e", environment("\"tier\": \"production\"")))
                .containsExactly(Map.entry(PRODUCTION, EnvironmentPolicy.of(Tier.PRODUCTION)));
        assertThat(EnvironmentsFile.parse("e", environment("\"refuse_votes_of\": []"))
                        .values())
                .singleElement()
                .satisfies(policy -> assertThat(policy.refusedApprovers()).isEmpty());
    }

    @Test
    void an_unknown_key_is_named_with_its_place_and_the_keys_that_are_allowed() {
        assertThat(problems(environment("\"approval\": 2")))
                .containsExactly("e:1:42: environments[0]: unknown key 'approval'; allowed are name, tier, approvals,"
                        + " refuse_votes_of, after, soak, bypass, component, queue, start, pre_releases, approval_expiry,"
                        + " windows, gates, canary, steps, after_failure, watch");
        assertThat(problems(environment("\"windows\": [{\"exdate\": 1}]")))
                .anySatisfy(problem -> assertThat(problem)
                        .endsWith("environments[0].windows[0]: unknown key 'exdate'; allowed are effect, name, zone,"
                                + " start, length, recurrence"))
                .anySatisfy(
                        problem -> assertThat(problem).endsWith("environments[0].windows[0]: key 'zone' is missing"))
                .hasSize(6);
        assertThat(problems("{\"environment\": []}")).hasSize(2);
    }

    @Test
    void every_problem_is_listed_at_once() {
        assertThat(problems("""
                {"environments": [
                  {"tier": "prod"},
                  {"name": "Bad Name", "approvals": [{"count": 0}, {"count": "2"}, {"group": "sre"}, {"count": 1.5}]},
                  {"name": "a", "soak": "PT1H"},
                  {"name": "a", "after": "b", "soak": "PT-1H", "refuse_votes_of": ["nobody"]},
                  {"name": "c", "approval_expiry": "7 days", "queue": "LIFO", "windows": [
                    {"effect": "deny", "name": "n", "zone": "Mars", "start": "now", "length": "PT0S",
                     "recurrence": "FREQ=HOURLY"},
                    {"effect": "deny", "name": "n", "zone": "UTC", "start": "2026-01-01T00:00", "length": "PT0S"}]}]}"""))
                .extracting(problem -> problem.replaceFirst("e:[0-9]+:[0-9]+: ", ""))
                .containsExactlyInAnyOrder(
                        "environments[0]: key 'name' is missing",
                        "environments[0].tier: one of development, staging, production was expected, not 'prod'",
                        "environments[1].name: The name of an environment is up to 63 of a-z, 0-9 and '-', beginning"
                                + " with a letter, not 'Bad Name'",
                        "environments[1].approvals[0].count: An approval rule demands at least one approval, not 0",
                        "environments[1].approvals[1].count: a number was expected, not a text",
                        "environments[1].approvals[2]: key 'count' is missing",
                        "environments[1].approvals[3].count: a whole number was expected, not 1.5",
                        "environments[2]: soak needs an environment to soak in: say after",
                        "environments[3]: A soak time is not negative: PT-1H",
                        "environments[3].refuse_votes_of[0]: one of requester, version_creator, pull_request_author was"
                                + " expected, not 'nobody'",
                        "environments[3]: environment 'a' stands there twice",
                        "environments[4].approval_expiry: Text cannot be parsed to a Duration",
                        "environments[4].queue: one of oldest_first, newest_wins was expected, not 'LIFO'",
                        "environments[4].windows[0].zone: Unknown time-zone ID: Mars",
                        "environments[4].windows[0].start: Text 'now' could not be parsed at index 0",
                        "environments[4].windows[0].recurrence: FREQ is one of [DAILY, WEEKLY, MONTHLY, YEARLY], not"
                                + " 'HOURLY'",
                        "environments[4].windows[1]: Window 'n' lasts longer than nothing and at most 366 days, not PT0S");
    }

    @Test
    void problems_of_gates_a_canary_and_steps_are_listed_too() {
        assertThat(problems("""
                {"environments": [
                  {"name": "a", "gates": [{"every": "PT1M"}, {"name": "b", "by": "robot"}, {"name": "c", "group": "cab"},
                    {"name": "d", "by": "person", "every": "PT1M"}, {"name": "e", "every": "PT0S"},
                    {"name": "f", "fresh_for": "PT-1S"}],
                   "canary": {"percent": 100, "gates": [{"name": "b"}]},
                   "steps": {"backup": {"retries": 101}, "alarm": {}}, "after_failure": "cry", "watch": {"time": "PT1H"}},
                  {"name": "b", "canary": {"percent": 10, "gates": []}}]}"""))
                .extracting(problem -> problem.replaceFirst("e:[0-9]+:[0-9]+: environments", ""))
                .containsExactlyInAnyOrder(
                        "[0].gates[0]: key 'name' is missing",
                        "[0].gates[1].by: one of person was expected, not 'robot'",
                        "[0].gates[2]: a group judges only where a person does: say \"by\": \"person\"",
                        "[0].gates[3]: a person is not sampled: leave out [settle, every, green_for, timeout]",
                        "[0].gates[4]: Samples must be at least PT1S apart, not PT0S",
                        "[0].gates[5]: A judgement cannot be fresh for PT-1S",
                        "[0].canary: A canary gets 1 to 99 percent of the traffic, not 100",
                        "[0].steps.backup: A step has 0 to 100 retries, not 101",
                        "[0].steps: unknown key 'alarm'; allowed are pre_deployment_checks, quality_gates, backup,"
                                + " deploy_artifacts, post_deployment_checks, canary, canary_analysis, activate, notify,"
                                + " deactivate, restore, activate_previous, verify, alert",
                        "[0].after_failure: one of stay, roll_back was expected, not 'cry'",
                        "[0].watch: key 'interval' is missing",
                        "[1].canary: A canary needs a gate: nobody would look at how it does");
    }

    @Test
    void times_that_are_too_long_are_problems_with_their_place() {
        assertThat(problems("""
                {"environments": [
                  {"name": "a", "approval_expiry": "PT876001H",
                   "gates": [{"name": "b", "every": "PT2562047788015215H"},
                             {"name": "c", "fresh_for": "PT876001H"}],
                   "steps": {"backup": {"timeout": "PT876001H"}},
                   "watch": {"time": "PT9999999999999H", "interval": "PT1M"}},
                  {"name": "b", "after": "a", "soak": "PT876001H"}]}"""))
                .containsExactlyInAnyOrder(
                        "e:2:36: environments[0].approval_expiry: The expiry of approvals is at most 36500 days, not"
                                + " PT876001H",
                        "e:3:14: environments[0].gates[0]: A time of samples is at most 36500 days, not"
                                + " PT2562047788015215H",
                        "e:4:14: environments[0].gates[1]: The time for which a judgement is fresh is at most 36500 days,"
                                + " not PT876001H",
                        "e:5:24: environments[0].steps.backup: The timeout of a step is at most 36500 days, not PT876001H",
                        "e:6:13: environments[0].watch: The time of a watch is at most 36500 days, not PT9999999999999H",
                        "e:7:3: environments[1]: A soak time is at most 36500 days, not PT876001H");
    }

    private static String environment(String more) {
        return "{\"environments\": [{\"name\": \"production\", " + more + "}]}";
    }

    private static List<String> problems(String json) {
        return catchThrowableOfType(ConfigurationException.class, () -> EnvironmentsFile.parse("e", json))
                .problems();
    }
}
