package io.github.releasepipeline.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.http.HttpOptions;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.jdbc.JdbcPipelineStore;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.notify.Subscription;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.version.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A release on a real store, watched from Slack's side. */
@Timeout(120)
class WatchedReleaseTest {
    private static final Actor ALICE = Actor.user("alice");
    private static final Actor BOB = Actor.user("bob");
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-03-01T10:00:00Z");
    private final FakeSlack slack = new FakeSlack(clock);
    private final List<ItemKind> kinds = List.of(ItemKind.of("workflow", "workflows/**"));
    private final MemoryItemRepository repository = new MemoryItemRepository(clock);
    private final MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, kinds, clock);
    private final ScriptedTarget target = new ScriptedTarget();

    @AfterEach
    void close() {
        slack.close();
    }

    @Test
    void one_message_with_the_last_state_though_the_relay_is_killed_between_sending_and_marking() {
        // given a process that dies when the first letter was sent
        DyingStore first = new DyingStore(open(), letter -> true);
        ReleaseId id;
        try (Pipeline pipeline = start(first.store(), AccessPolicy.everyone())) {
            id = requested(pipeline).id();
            await().until(first::isDead);
            assertThat(slack.channel()).singleElement().asString().contains("pending approval");
        }
        // and another that dies when the last was
        clock.advance(Duration.ofMinutes(6));
        DyingStore second =
                new DyingStore(open(), letter -> letter.record().event().name().equals("release.succeeded"));
        try (Pipeline pipeline = start(second.store(), AccessPolicy.everyone())) {
            pipeline.as(BOB).releases().approve(id, "");
            assertThat(pipeline.as(ALICE)
                            .releases()
                            .deploy(id)
                            .await(Duration.ofSeconds(30))
                            .succeeded())
                    .isTrue();
            await().atMost(Duration.ofSeconds(30)).until(second::isDead);
        }
        // when
        clock.advance(Duration.ofMinutes(6));
        PipelineStore store = open();
        try (Pipeline pipeline = start(store, AccessPolicy.everyone())) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> store.outbox().sinks().isEmpty());
        }
        // then
        assertThat(slack.channel()).singleElement().asString().contains("✅", "Status\nsucceeded", "✓ activate");
        assertThat(slack.threads()).doesNotHaveDuplicates().last().asString().contains("succeeded after");
        assertThat(slack.threads())
                .filteredOn(reply -> reply.contains("succeeded after"))
                .hasSize(1);
        assertThat(slack.threads())
                .filteredOn(reply -> reply.contains("✓ activate"))
                .hasSize(1);
    }

    @Test
    void people_approve_and_reject_in_slack_and_the_core_decides_whether_they_may() {
        AccessPolicy onlyBob = new OnlyBobApproves();
        try (Pipeline pipeline = start(open(), onlyBob)) {
            Release release = requested(pipeline);
            await().until(() ->
                    slack.all().stream().anyMatch(message -> message.toString().contains(Question.APPROVE)));
            SlackApprovals approvals = SlackApprovals.of(
                    channel(),
                    SECRET,
                    SlackPeople.of("T1", Map.of("U-ALICE", ALICE, "U-BOB", BOB, "U-EVE", Actor.user("eve"))),
                    pipeline.approvalDesk());
            Press press = new Press(SECRET, clock);
            Question question = new Question(release.id(), release.plan().digest());

            press.button(approvals, "U-EVE", Question.APPROVE, question);
            assertThat(slack.ephemerals.get(0).path("text").asText()).contains("eve may not approve release");
            press.button(approvals, "U-ALICE", Question.APPROVE, question);
            assertThat(slack.ephemerals).hasSize(2);
            assertThat(state(pipeline, release)).isEqualTo(ReleaseState.Kind.PENDING_APPROVAL);

            press.button(approvals, "U-BOB", Question.APPROVE, question);
            assertThat(slack.ephemerals).hasSize(2);
            assertThat(state(pipeline, release)).isEqualTo(ReleaseState.Kind.READY);
            await().untilAsserted(() ->
                    assertThat(slack.channel()).singleElement().asString().contains("Approvals\n1 of 1 (bob)"));
            assertThat(slack.all().get(0).toString()).doesNotContain(Question.APPROVE);
        }
    }

    private static ReleaseState.Kind state(Pipeline pipeline, Release release) {
        return pipeline.as(ALICE).releases().get(release.id()).state().kind();
    }

    private Release requested(Pipeline pipeline) {
        long number = forge.open("Faster", "carol", List.of(), Map.of("workflows/a.json", "{}"));
        forge.mergeElsewhere(number, "carol");
        pipeline.as(ALICE).pullRequests().synchronize();
        ChangeSet set = pipeline.as(ALICE).changeSets().create("Faster", editor -> editor.pullRequests(number));
        Version version = pipeline.as(ALICE).versions().publish(set.id());
        return pipeline.as(ALICE).releases().request(version.id(), "staging");
    }

    private PipelineStore open() {
        return JdbcPipelineStore.embedded(folder.resolve("pipeline.db"));
    }

    private SlackChannel channel() {
        return Slack.channel("#releases", FakeSlack.TOKEN)
                .wanting(Subscription.to("release.*"))
                .askingForApproval()
                .at(slack.base(), HttpOptions.standard().clock(clock));
    }

    private Pipeline start(PipelineStore store, AccessPolicy access) {
        return Pipeline.builder()
                .sourceControl(forge)
                .repository(repository)
                .store(store)
                .items(kinds.toArray(ItemKind[]::new))
                .stowaways(Stowaways.WARN)
                .environment("staging", target, env -> env.approvals(1))
                .access(access)
                .clock(clock)
                .notifier(channel())
                .build();
    }
}
