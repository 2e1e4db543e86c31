package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private final PipelineFixture fixture = new PipelineFixture();

    @Test
    void nothing_configured_names_everything_that_is_missing() {
        assertThatThrownBy(() -> Pipeline.builder().build())
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "No store: say store(…)",
                                        "No source control: say sourceControl(…)",
                                        "No repository: say repository(…)",
                                        "Nothing is managed: say items(…)"));
    }

    @Test
    void every_mistake_is_reported_at_once() {
        // given
        PipelineBuilder wiring = fixture.bare(fixture.memory)
                .items(ItemKind.of("workflow", "again/**"))
                .component("Not A Name")
                .notifier(new Silent())
                .notifier(new Silent())
                .environment("Bad Name", fixture.development)
                .environment("twice", fixture.development)
                .environment("twice", fixture.development)
                .environment("soaking", fixture.development, env -> env.soak(Duration.ofHours(1)))
                .environment("lost", fixture.development, env -> env.after("nowhere"))
                .environment("chicken", fixture.development, env -> env.after("egg"))
                .environment("egg", fixture.development, env -> env.after("chicken"))
                .environment("hasty", fixture.development, env -> env.approvalExpiry(Duration.ZERO))
                .environment("none", fixture.development, env -> env.approvals(0))
                .environment(
                        "gates",
                        fixture.development,
                        env -> env.gate(new Gate()).gate(new Gate()));
        // when / then
        assertThatThrownBy(wiring::build).isInstanceOfSatisfying(ConfigurationException.class, e -> {
            assertThat(e.problems()).hasSize(12);
            assertThat(String.join("\n", e.problems()))
                    .contains(
                            "Two item kinds have the same name",
                            "A component is named with",
                            "Two notifiers have the same name",
                            "'Bad Name': The name of an environment",
                            "'twice' is configured twice",
                            "'soaking': soak needs an environment",
                            "'lost': comes after 'nowhere'",
                            "'chicken': comes after itself",
                            "'egg': comes after itself",
                            "'hasty': approvalExpiry",
                            "'none': An approval rule demands at least one",
                            "'gates': two gates have the same name 'scan'");
        });
    }

    @Test
    void every_mistake_of_one_environment_is_reported_too() {
        DeploymentWindow always = DeploymentWindow.deny(
                        "no more", ZoneOffset.UTC, LocalDateTime.parse("2026-01-01T00:00"), Duration.ofDays(1))
                .repeating("FREQ=DAILY");
        assertThat(problems(fixture.bare(fixture.memory)
                        .environment(
                                "production",
                                fixture.production,
                                env -> env.approvals(0)
                                        .approvalsOf("sre", -1)
                                        .after("Not A Name")
                                        .approvalExpiry(Duration.ofDays(-1))
                                        .gate(new Gate())
                                        .gate(new Gate())
                                        .window(always))))
                .containsExactly(
                        "Environment 'production': An approval rule demands at least one approval, not 0",
                        "Environment 'production': An approval rule demands at least one approval, not -1",
                        "Environment 'production': The name of an environment is up to 63 of a-z, 0-9 and '-', beginning"
                                + " with a letter, not 'Not A Name'",
                        "Environment 'production': approvalExpiry must be longer than nothing, not PT-24H",
                        "Environment 'production': two gates have the same name 'scan'",
                        "Environment 'production': its windows never let a deployment through");
    }

    @Test
    void what_breaks_off_in_one_environment_hides_no_other_mistake() {
        assertThat(problems(fixture.bare(fixture.memory)
                        .environment(
                                "first",
                                fixture.development,
                                env -> env.approvals(0)
                                        .watch(Duration.ZERO, Duration.ZERO)
                                        .gate(new Gate(), usage -> usage.every(Duration.ofMillis(1)))
                                        .step(Step.BACKUP, StepLimits.standard().retries(-1))
                                        .approvals(-1))
                        .environment(
                                "second",
                                fixture.development,
                                env -> env.after("first").approvals(0))))
                .containsExactly(
                        "Environment 'first': An approval rule demands at least one approval, not 0",
                        "Environment 'first': A watch has at least one interval that is longer than nothing: not PT0S in PT0S",
                        "Environment 'first': A step has 0 to 100 retries, not -1",
                        "Environment 'first': gate 'scan': Samples must be at least PT1S apart, not PT0.001S",
                        "Environment 'second': An approval rule demands at least one approval, not 0");
    }

    @Test
    void a_text_that_is_no_zone_or_time_hides_no_other_mistake() {
        assertThat(problems(fixture.bare(fixture.memory)
                        .environment(
                                "first",
                                fixture.development,
                                env -> env.approvals(0)
                                        .window(DeploymentWindow.deny(
                                                "nights", ZoneId.of("Mars"), LocalDateTime.MIN, Duration.ZERO)))
                        .environment("second", fixture.staging, env -> env.soak(Duration.parse("an hour")))
                        .environment("third", fixture.production, env -> env.approvals(0))))
                .containsExactly(
                        "Environment 'first': An approval rule demands at least one approval, not 0",
                        "Environment 'first': Unknown time-zone ID: Mars",
                        "Environment 'second': Text cannot be parsed to a Duration",
                        "Environment 'third': An approval rule demands at least one approval, not 0");
    }

    @Test
    void times_that_cannot_be_added_to_a_date_are_mistakes() {
        Duration ever = ChronoUnit.FOREVER.getDuration();
        String most = " is at most 36500 days, not " + ever;
        assertThat(problems(fixture.bare(fixture.memory)
                        .sealAuditEvery(ever)
                        .keepLogs(ever)
                        .maintainedEvery(ever)
                        .environment("staging", fixture.staging)
                        .environment(
                                "production",
                                fixture.production,
                                env -> env.after("staging")
                                        .soak(ever)
                                        .approvalExpiry(ever)
                                        .watch(ever, Duration.ofMinutes(1))
                                        .gate(new Gate(), usage -> usage.every(ever)))))
                .containsExactly(
                        "The time between two seals" + most,
                        "The time for which logs are kept" + most,
                        "The time between two rounds of maintenance" + most,
                        "Environment 'production': The expiry of approvals" + most,
                        "Environment 'production': The time of a watch" + most,
                        "Environment 'production': A soak time" + most,
                        "Environment 'production': gate 'scan': A time of samples" + most);
    }

    @Test
    void an_environment_does_not_come_after_itself_nor_after_one_that_its_versions_never_enter() {
        assertThat(problems(fixture.bare(fixture.memory)
                        .component("billing", "billing/**")
                        .environment("alone", fixture.development, env -> env.after("alone"))
                        .environment("staging", fixture.staging)
                        .environment(
                                "production",
                                fixture.production,
                                env -> env.component("billing").after("staging"))))
                .containsExactly(
                        "Environment 'alone': comes after itself, by way of [alone]",
                        "Environment 'production': comes after 'staging', where its versions never are: that takes"
                                + " versions of the whole repository, this versions of component 'billing'");
    }

    @Test
    void a_negative_soak_time_and_a_window_that_never_comes_are_mistakes() {
        DeploymentWindow never = DeploymentWindow.allow(
                        "tuesdays", ZoneOffset.UTC, LocalDateTime.parse("2026-01-05T00:00"), Duration.ofDays(1))
                .repeating("FREQ=DAILY;INTERVAL=7;BYDAY=TU");
        assertThat(problems(fixture.bare(fixture.memory)
                        .environment("staging", fixture.staging)
                        .environment(
                                "production",
                                fixture.production,
                                env -> env.after("staging")
                                        .soak(Duration.ofSeconds(-1))
                                        .window(never))))
                .containsExactly(
                        "Environment 'production': A soak time is not negative: PT-1S",
                        "Environment 'production': window 'tuesdays' never comes");
    }

    @Test
    void logs_are_not_kept_and_audit_trails_not_sealed_after_a_negative_time() {
        assertThat(problems(fixture.bare(fixture.memory)
                        .keepLogs(Duration.ofSeconds(-1))
                        .sealAuditEvery(Duration.ofSeconds(-1))))
                .containsExactly(
                        "Logs are kept for a time of zero or more, not PT-1S",
                        "The audit trail is sealed after a time of zero or more, not PT-1S");
    }

    @Test
    void a_policy_from_elsewhere_is_demanded_as_it_is_and_more_may_come_on_top_of_it() {
        DeploymentWindow nights = DeploymentWindow.deny(
                        "nights", ZoneOffset.UTC, LocalDateTime.parse("2026-01-01T22:00"), Duration.ofHours(8))
                .repeating("FREQ=DAILY");
        EnvironmentPolicy policy = new EnvironmentPolicy(
                Tier.STAGING,
                List.of(ApprovalRule.anyone(1)),
                Set.of(EnvironmentPolicy.Involved.VERSION_CREATOR),
                Optional.of(new Upstream(new EnvironmentName("development"), Duration.ofHours(1))),
                EnvironmentPolicy.Bypass.NOTHING,
                "",
                List.of(),
                EnvironmentPolicy.QueueOrder.NEWEST_WINS,
                EnvironmentPolicy.Start.WHEN_APPROVED,
                EnvironmentPolicy.PreReleases.REFUSED,
                Duration.ofDays(2),
                List.of(nights),
                StepPolicy.standard().limit(Step.BACKUP, StepLimits.standard().retries(2)));
        Pipeline pipeline = fixture.build(fixture.bare(fixture.memory)
                .environment("development", fixture.development)
                .environment("staging", fixture.staging, env -> env.demanding(policy))
                .environment(
                        "qa", fixture.production, env -> env.demanding(policy).approvalsOf("qa", 1)));
        assertThat(pipeline.as(ALICE).environments().policy("staging")).isEqualTo(policy);
        assertThat(pipeline.as(ALICE).environments().policy("qa").approvals())
                .containsExactly(ApprovalRule.anyone(1), ApprovalRule.group("qa", 1));
        fixture.close();
    }

    private static List<String> problems(PipelineBuilder wiring) {
        return catchThrowableOfType(ConfigurationException.class, wiring::build).problems();
    }

    private static final class Silent implements Notifier {
        @Override
        public String name() {
            return "silent";
        }

        @Override
        public boolean wants(Notice notice) {
            return false;
        }

        @Override
        public void deliver(Letter letter, Snapshots now) {}
    }

    private static final class Gate implements QualityGate {
        @Override
        public String name() {
            return "scan";
        }

        @Override
        public GateResult evaluate(GateContext context) {
            return GateResult.passed("");
        }
    }
}
