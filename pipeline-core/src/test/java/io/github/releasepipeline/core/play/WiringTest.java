package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.policy.AfterFailure;
import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.EnvironmentPolicy.Involved;
import io.github.releasepipeline.policy.StepLimits;
import io.github.releasepipeline.policy.StepPolicy;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.policy.Upstream;
import io.github.releasepipeline.policy.WatchPolicy;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.ReviewSummary;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WiringTest {
    private static final ItemKind FLOWS = ItemKind.of("workflow", "flows/**");
    private static final Actor ALICE = Actor.user("alice");

    private final SettableClock clock = SettableClock.at("2026-03-01T09:00:00Z");
    private final MemoryItemRepository history = new MemoryItemRepository(clock);
    private final MemorySourceControl forge = new MemorySourceControl("acme/flows", history, List.of(FLOWS), clock);

    private Pipeline pipeline() {
        return Pipeline.builder()
                .sourceControl(forge)
                .repository(history)
                .store(new MemoryPipelineStore())
                .items(FLOWS)
                .clock(clock)
                .environment("dev", new ScriptedTarget())
                .environment(
                        "production",
                        new ScriptedTarget(),
                        env -> env.tier(Tier.PRODUCTION)
                                .queue(EnvironmentPolicy.QueueOrder.NEWEST_WINS)
                                .startOnApproval()
                                .preReleases(EnvironmentPolicy.PreReleases.ALLOWED)
                                .approvalExpiry(Duration.ofDays(2))
                                .approvals(2)
                                .approvalsOf("sre", 1)
                                .refuseVotesOf(Involved.VERSION_CREATOR)
                                .after("dev")
                                .soak(Duration.ofHours(3))
                                .step(Step.ACTIVATE, StepLimits.standard().retries(3))
                                .afterFailure(AfterFailure.ROLL_BACK)
                                .watch(Duration.ofHours(1), Duration.ofMinutes(5)))
                .build();
    }

    @Test
    void an_environment_demands_what_was_said() {
        try (Pipeline pipeline = pipeline()) {
            assertThat(pipeline.as(ALICE).environments().policy("production"))
                    .isEqualTo(new EnvironmentPolicy(
                            Tier.PRODUCTION,
                            List.of(ApprovalRule.anyone(2), ApprovalRule.group("sre", 1)),
                            Set.of(Involved.VERSION_CREATOR),
                            Optional.of(new Upstream(new EnvironmentName("dev"), Duration.ofHours(3))),
                            EnvironmentPolicy.Bypass.ANY_VERSION,
                            "",
                            List.of(),
                            EnvironmentPolicy.QueueOrder.NEWEST_WINS,
                            EnvironmentPolicy.Start.WHEN_APPROVED,
                            EnvironmentPolicy.PreReleases.ALLOWED,
                            Duration.ofDays(2),
                            List.of(),
                            StepPolicy.standard()
                                    .limit(Step.ACTIVATE, StepLimits.standard().retries(3))
                                    .afterFailure(AfterFailure.ROLL_BACK)
                                    .watch(new WatchPolicy(Duration.ofHours(1), Duration.ofMinutes(5)))));
            assertThat(pipeline.as(ALICE).environments().policy("dev"))
                    .isEqualTo(EnvironmentPolicy.of(Tier.DEVELOPMENT));
        }
    }

    @Test
    void ids_are_short_sort_by_time_and_never_repeat() {
        try (Pipeline pipeline = pipeline()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                ids.add(pipeline.as(ALICE)
                        .changeSets()
                        .create("Set " + i, set -> {})
                        .id()
                        .value());
                clock.advance(Duration.ofMillis(1));
            }
            assertThat(ids).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-hjkmnp-tv-z]{26}"));
            assertThat(ids.get(0).substring(0, 10)).isEqualTo(base32(clock.millis() - 50));
            Set<String> random = new HashSet<>();
            ids.forEach(id -> random.add(id.substring(10, 18)));
            ids.forEach(id -> random.add(id.substring(18)));
            assertThat(random).hasSize(100);
        }
    }

    private static String base32(long millis) {
        String digits = "0123456789abcdefghjkmnpqrstvwxyz";
        StringBuilder text = new StringBuilder();
        long rest = millis;
        for (int i = 0; i < 10; i++) {
            text.insert(0, digits.charAt((int) (rest % 32)));
            rest /= 32;
        }
        return text.toString();
    }

    @Test
    void without_other_threads_a_pipeline_runs_on_its_own() {
        try (Pipeline pipeline = pipeline()) {
            long number = forge.open("A flow", "erin", List.of(), Map.of("flows/a", "a"));
            forge.review(number, "carol", ReviewSummary.Decision.APPROVED);
            var alice = pipeline.as(ALICE);
            alice.pullRequests().synchronize();
            alice.pullRequests().merge(number);
            ChangeSet set = alice.changeSets().create("Flows", of -> of.pullRequests(number));
            Version version = alice.versions().publish(set.id());
            Release release = alice.releases()
                    .deploy(alice.releases().request(version.id(), "dev").id())
                    .await(Duration.ofSeconds(30));
            assertThat(release.state().kind()).isEqualTo(ReleaseState.Kind.SUCCEEDED);
        }
    }
}
