package io.github.releasepipeline;

import static io.github.releasepipeline.PipelineFixture.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.difference.ItemDifference;
import io.github.releasepipeline.difference.NotedItem;
import io.github.releasepipeline.difference.StructuralDifference;
import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.difference.ValueChange;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.json.JsonComparer;
import io.github.releasepipeline.memory.MemoryItemRepository;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.MemorySourceControl;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestAction;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stage 1 as the specification shows it: table, details, actions. */
class PullRequestPageTest {
    private static final String FLOW = "workflows/invoice-extraction.json";
    private static final List<ItemKind> KINDS =
            List.of(ItemKind.of("workflow", "workflows/**"), ItemKind.of("agent", "agents/**"));

    private final SettableClock clock = SettableClock.at("2024-03-19T14:23:15Z");
    private final MemoryItemRepository repository = new MemoryItemRepository(clock);
    private final MemorySourceControl forge = new MemorySourceControl("acme/flows", repository, KINDS, clock);
    private final Pipeline pipeline = Pipeline.builder()
            .sourceControl(forge)
            .repository(repository)
            .store(new MemoryPipelineStore())
            .items(KINDS.toArray(ItemKind[]::new))
            .compareItems(JsonComparer.standard())
            .clock(clock)
            .build();
    private final PullRequests pulls = pipeline.as(ALICE).pullRequests();

    @AfterEach
    void close() {
        pipeline.close();
    }

    private long opened(Map<String, String> files) {
        long number = forge.open("Add invoice classification", "alice", List.of("feature"), files);
        pulls.synchronize();
        return number;
    }

    private long changed(String before, String after) {
        repository.commitOn("main", Map.of(FLOW, before));
        return opened(Map.of(FLOW, after));
    }

    @Test
    void the_table_shows_number_title_author_status_changed_items_checks_and_creation() {
        long number = forge.open(
                "Add invoice classification",
                "alice",
                List.of(),
                Map.of("workflows/a.json", "{}", "workflows/b.json", "{}", "agents/c.json", "{}"));
        forge.check(number, "Unit tests", Status.PASSED, "47/47 tests passed");
        forge.check(number, "Schema validation", Status.PENDING, "");
        forge.review(number, "david", Decision.APPROVED);
        pulls.synchronize();

        PullRequest row =
                pulls.list(PipelineFilter.all(), PageRequest.first(10)).rows().get(0);

        assertThat(row.number()).isEqualTo(number);
        assertThat(row.title()).isEqualTo("Add invoice classification");
        assertThat(row.author()).isEqualTo("alice");
        assertThat(row.status()).isEqualTo(PullRequestStatus.APPROVED);
        assertThat(row.itemCounts()).hasToString("2 workflows, 1 agent");
        assertThat(row.checks()).hasToString("1/2 passed");
        assertThat(row.createdAt()).isEqualTo(clock.instant());
    }

    @Test
    void a_new_workflow_is_noted_as_new() {
        assertThat(notes(opened(Map.of("workflows/invoice-classification.json", "{}"))))
                .containsExactly("New workflow");
    }

    @Test
    void a_workflow_that_got_a_node_is_noted_as_modified_and_says_which() {
        assertThat(notes(changed(
                        "{\"nodes\":[{\"id\":\"read\"}]}", "{\"nodes\":[{\"id\":\"validation\"},{\"id\":\"read\"}]}")))
                .containsExactly("Modified (added validation node)");
    }

    @Test
    void an_agent_with_another_prompt_is_noted_as_updated() {
        repository.commitOn("main", Map.of("agents/invoice-agent.json", "{\"prompt\":\"Read.\"}"));

        assertThat(notes(opened(Map.of("agents/invoice-agent.json", "{\"prompt\":\"Read twice.\"}"))))
                .containsExactly("Updated prompt");
    }

    @Test
    void what_main_gained_meanwhile_is_no_part_of_the_note() {
        long number = changed("{\"a\":1}", "{\"a\":2}");
        repository.commitOn("main", Map.of(FLOW, "{\"a\":1,\"b\":1}"));

        assertThat(notes(number)).containsExactly("Updated a");
    }

    @Test
    void a_merged_pull_request_shows_what_its_merge_brought() {
        long number = changed("{\"a\":1}", "{\"a\":2}");
        forge.mergeElsewhere(number, "bob");
        pulls.synchronize();

        assertThat(notes(number)).containsExactly("Updated a");
        assertThat(pulls.difference(number, FLOW).bytesBefore()).contains(7L);
    }

    @Test
    void an_item_whose_base_branch_is_gone_is_listed_and_its_note_says_so() {
        long number = changed("{\"a\":1}", "{\"a\":2}");
        PullRequest read = pulls.get(number);
        Differing other = new Differing(forge, Samples.onto(read, "release"));

        try (Pipeline lost = Pipeline.builder()
                .sourceControl(other)
                .repository(repository)
                .store(new MemoryPipelineStore())
                .items(KINDS.toArray(ItemKind[]::new))
                .clock(clock)
                .build()) {
            assertThat(lost.as(ALICE).pullRequests().details(number).items())
                    .extracting(NotedItem::note)
                    .containsExactly("Modified (not compared: There is no revision 'release')");
        }
    }

    @Test
    void of_many_items_the_first_fifty_are_compared() {
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        for (int i = 10; i < 62; i++) {
            before.put("workflows/" + i + ".json", "{\"a\":1}");
            after.put("workflows/" + i + ".json", "{\"a\":2}");
        }
        repository.commitOn("main", before);

        List<String> notes = notes(opened(after));

        assertThat(notes.subList(0, 50)).containsOnly("Updated a");
        assertThat(notes.subList(50, 52)).containsOnly("Modified");
    }

    @Test
    void checks_are_shown_with_their_results() {
        long number = opened(Map.of(FLOW, "{}"));
        forge.check(number, "Workflow validation", Status.PASSED, "DAG is valid, no cycles");
        forge.check(number, "Code review", Status.PENDING, "");

        PullRequest shown = pulls.details(number).pullRequest();

        assertThat(shown.checks().checks())
                .extracting(check -> check.name() + ": " + check.status() + " " + check.summary())
                .containsExactlyInAnyOrder(
                        "Workflow validation: PASSED DAG is valid, no cycles", "Code review: PENDING ");
    }

    @Test
    void reviews_are_shown_as_given_of_needed() {
        forge.approvalsNeeded(2);
        long number = opened(Map.of(FLOW, "{}"));
        forge.review(number, "david", Decision.APPROVED);

        assertThat(pulls.details(number).pullRequest().review()).hasToString("1/2 approvals");
    }

    @Test
    void activity_is_told_oldest_first_with_who_and_when() {
        long number = opened(Map.of(FLOW, "{}"));
        clock.advance(Duration.ofHours(1));
        forge.check(number, "GitHub Actions", Status.PASSED, "passed");
        forge.review(number, "david", Decision.APPROVED);

        List<Activity> activity = pulls.details(number).activity();

        assertThat(activity)
                .extracting(line -> line.actor() + " " + line.type())
                .containsExactly("alice opened", "GitHub Actions checked", "david approved");
        assertThat(activity.get(2).at()).isEqualTo(activity.get(0).at().plusSeconds(3600));
    }

    @Test
    void view_changes_shows_the_difference_of_an_items_values_and_lines() {
        long number = changed("{\n\"a\": 1\n}\n", "{\n\"a\": 2\n}\n");

        ItemDifference difference = pulls.difference(number, FLOW);

        assertThat(difference.structure())
                .isEqualTo(new StructuralDifference.Compared(
                        List.of(new ValueChange("/a", "a", Optional.of("1"), Optional.of("2"))), 0));
        assertThat(difference.text())
                .isInstanceOfSatisfying(
                        TextDifference.Compared.class,
                        lines -> assertThat(lines.unified()).contains("-\"a\": 1\n+\"a\": 2\n"));
        assertThat(difference.bytesBefore()).contains(11L);
        assertThat(difference.bytesAfter()).contains(11L);
    }

    @Test
    void an_item_that_is_not_json_is_answered_in_words_with_its_lines_still_shown() {
        ItemDifference difference = pulls.difference(changed("{}", "{\n oops"), FLOW);

        assertThat(difference.structure())
                .isInstanceOfSatisfying(
                        StructuralDifference.NotCompared.class,
                        answer -> assertThat(answer.reason()).contains(FLOW, "not JSON", "line 2"));
        assertThat(difference.text()).isInstanceOf(TextDifference.Compared.class);
        assertThat(difference.bytesAfter()).contains(7L);
    }

    @Test
    void an_item_of_fifty_megabytes_is_answered_with_its_size() {
        ItemDifference difference = pulls.difference(opened(Map.of(FLOW, "0123456789".repeat(5 << 20))), FLOW);

        assertThat(difference.bytesBefore()).isEmpty();
        assertThat(difference.bytesAfter()).contains(50L << 20);
        assertThat(difference.structure())
                .isInstanceOfSatisfying(
                        StructuralDifference.NotCompared.class,
                        answer -> assertThat(answer.reason()).contains("50 MB"));
        assertThat(difference.text()).isInstanceOf(TextDifference.NotCompared.class);
    }

    @Test
    void the_difference_of_an_item_that_is_not_changed_is_not_found() {
        long number = opened(Map.of(FLOW, "{}"));

        assertThatThrownBy(() -> pulls.difference(number, "workflows/other.json"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("workflows/other.json")
                .hasMessageContaining("#" + number);
    }

    @Test
    void a_renamed_item_is_found_by_both_its_paths() {
        String flow = "{\n\"name\": \"a\",\n\"nodes\": [],\n\"edges\": []\n}\n";
        repository.commitOn("main", Map.of("workflows/old.json", flow));
        CommitId base = repository.resolve("main");
        CommitId head = repository.commit(Map.of("workflows/new.json", flow), List.of(base));
        PullRequest renamed = Samples.of(1, repository.changes(Optional.of(base), head, KINDS), head, clock.instant());
        try (Pipeline other = Pipeline.builder()
                .sourceControl(new Differing(forge, renamed))
                .repository(repository)
                .store(new MemoryPipelineStore())
                .items(KINDS.toArray(ItemKind[]::new))
                .clock(clock)
                .build()) {
            PullRequests there = other.as(ALICE).pullRequests();
            there.refresh(1);

            assertThat(there.difference(1, "workflows/old.json")).isEqualTo(there.difference(1, "workflows/new.json"));
            assertThat(there.details(1).items())
                    .extracting(NotedItem::note)
                    .containsExactly("Renamed from workflows/old.json");
            assertThat(there.difference(1, "workflows/new.json").structure())
                    .isInstanceOf(StructuralDifference.NotCompared.class);
        }
    }

    @Test
    void a_repository_that_cannot_compare_files_refuses_in_words() {
        PipelineFixture fixture = new PipelineFixture();
        fixture.forge.open(1);
        PullRequests plain = fixture.start().as(ALICE).pullRequests();
        plain.synchronize();

        assertThatThrownBy(() -> plain.difference(1, TestForge.path(1)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("cannot compare files");
        assertThat(plain.details(1).items()).extracting(NotedItem::note).containsExactly("New workflow");
        fixture.close();
    }

    @Test
    void actions_tell_what_is_possible_now_and_what_not_and_why() {
        long number = opened(Map.of(FLOW, "{}"));

        assertThat(pulls.actions(number))
                .extracting(action ->
                        action.kind().label() + ": " + action.refusal().orElse("yes"))
                .containsExactly(
                        "Review: its provider has no page for it",
                        "View changes: yes",
                        "Run checks: yes",
                        "Merge: it is not approved: 0/1 approvals");
        forge.review(number, "david", Decision.APPROVED);
        assertThat(pulls.details(number).actions().get(3)).matches(PullRequestAction::allowed);
    }

    @Test
    void a_refreshed_pull_request_is_saved_as_it_is_now() {
        long number = opened(Map.of(FLOW, "{}"));
        forge.label(number, List.of("hotfix"));

        PullRequest fresh = pulls.refresh(number);

        assertThat(fresh.labels()).containsExactly("hotfix");
        assertThat(pulls.get(number)).isEqualTo(fresh);
        assertThat(pulls.synchronize()).isEmpty();
    }

    @Test
    void a_queued_merge_is_recorded_once_and_seen_when_it_happened() {
        long number = opened(Map.of(FLOW, "{}"));
        forge.review(number, "david", Decision.APPROVED);
        forge.refuseNextMerge(new MergeOutcome.Queued("2 before it"));
        forge.refuseNextMerge(new MergeOutcome.Queued("1 before it"));
        pulls.synchronize();

        PullRequest queued = pulls.merge(number);
        pulls.merge(number);
        forge.mergeElsewhere(number, "queue");
        pulls.synchronize();

        assertThat(queued.status()).isEqualTo(PullRequestStatus.APPROVED);
        assertThat(pipeline.as(ALICE).audit().of(queued.id()))
                .extracting(record -> record.event())
                .containsExactly(new PullRequestEvent.MergeQueued(queued.head(), "2 before it"));
        assertThat(pulls.get(number).status()).isEqualTo(PullRequestStatus.MERGED);
    }

    @Test
    void a_merge_that_is_not_approved_says_what_is_lacking() {
        long number = opened(Map.of(FLOW, "{}"));
        forge.review(number, "carol", Decision.CHANGES_REQUESTED);

        assertThatThrownBy(() -> pulls.merge(number))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("changes were requested by carol")
                .hasMessageContaining("allowed now: Review");
    }

    @Test
    void checks_are_started_for_the_head_and_recorded() {
        long number = opened(Map.of(FLOW, "{}"));
        pulls.runChecks(number);
        forge.close(number);
        pulls.synchronize();

        assertThat(pipeline.as(ALICE).audit().of(pulls.get(number).id()))
                .extracting(record -> record.event())
                .containsExactly(
                        new PullRequestEvent.ChecksStarted(pulls.get(number).head()));
        assertThatThrownBy(() -> pulls.runChecks(number))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("not open any more");
    }

    private List<String> notes(long number) {
        return pulls.details(number).items().stream().map(NotedItem::note).toList();
    }
}
