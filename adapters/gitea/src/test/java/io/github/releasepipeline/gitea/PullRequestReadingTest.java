package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.gitea.fake.FakeGitea;
import io.github.releasepipeline.gitea.fake.FakePull;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequest.Progress;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of one pull request. */
class PullRequestReadingTest {
    private final Scene scene = new Scene();

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    // files

    @Test
    void a_rename_is_told_with_both_paths() {
        scene.forge.commitTo("main", Map.of("workflows/old.json", "{}"));
        long number = scene.open("Rename", Map.of("workflows/old.json", "", "workflows/new.json", "{}"));

        ChangedItem change = scene.read(number).items().get(0);

        assertThat(change.type()).isEqualTo(ItemChange.Type.RENAMED);
        assertThat(change.paths()).containsExactly("workflows/old.json", "workflows/new.json");
    }

    @Test
    void a_rename_of_letters_in_another_case_is_a_rename() {
        scene.forge.commitTo("main", Map.of("workflows/Invoice.json", "{}"));
        long number = scene.open("Rename", Map.of("workflows/Invoice.json", "", "workflows/invoice.json", "{}"));

        assertThat(scene.read(number).items())
                .singleElement()
                .satisfies(change -> assertThat(change.type()).isEqualTo(ItemChange.Type.RENAMED));
    }

    @Test
    void what_is_moved_in_or_out_of_the_managed_folders_is_created_or_deleted() {
        scene.forge.commitTo("main", Map.of("workflows/out.json", "1", "drafts/in.json", "2"));
        long number = scene.open(
                "Move",
                Map.of(
                        "workflows/out.json",
                        "",
                        "drafts/out.json",
                        "1",
                        "drafts/in.json",
                        "",
                        "workflows/in.json",
                        "2"));

        assertThat(scene.read(number).items())
                .containsExactly(
                        ChangedItem.created(new ItemId("workflow", "workflows/in.json")),
                        ChangedItem.deleted(new ItemId("workflow", "workflows/out.json")));
    }

    @Test
    void changed_and_deleted_files_are_told_as_such() {
        scene.forge.commitTo("main", Map.of("workflows/a.json", "1", "agents/b.json", "2"));
        long number = scene.open("Change", Map.of("workflows/a.json", "x", "agents/b.json", ""));

        assertThat(scene.read(number).items())
                .extracting(ChangedItem::type)
                .containsExactly(ItemChange.Type.DELETED, ItemChange.Type.MODIFIED);
    }

    @Test
    void a_copy_creates_its_target_and_an_unchanged_file_is_no_change() {
        long number = scene.open("Copy", Map.of());
        scene.routes.instead(
                "/files",
                Answer.json(
                        200,
                        "[{\"filename\": \"workflows/copy.json\", \"status\": \"copied\"},"
                                + " {\"filename\": \"workflows/same.json\", \"status\": \"unchanged\"},"
                                + " {\"filename\": \"workflows/new.json\", \"status\": \"transmogrified\"}]"));

        assertThat(scene.read(number).items())
                .containsExactly(
                        ChangedItem.created(new ItemId("workflow", "workflows/copy.json")),
                        ChangedItem.modified(new ItemId("workflow", "workflows/new.json")));
    }

    @Test
    void files_of_all_pages_are_told() {
        scene.forge.maxPage = 3;
        long number = scene.open(
                "Many",
                Map.of(
                        "workflows/1.json",
                        "1",
                        "workflows/2.json",
                        "2",
                        "workflows/3.json",
                        "3",
                        "workflows/4.json",
                        "4",
                        "workflows/5.json",
                        "5",
                        "workflows/6.json",
                        "6",
                        "README.md",
                        "7"));

        assertThat(scene.read(number).items()).hasSize(6);
    }

    // people and branches

    @Test
    void an_author_whose_account_is_gone_is_a_ghost() {
        long number = scene.forge.open("Add", "Ghost", List.of(), Scene.INVOICE).number;
        assertThat(scene.read(number).author()).isEqualTo("ghost");

        scene.pull(number).odd.putNull("user");
        assertThat(scene.read(number).author()).isEqualTo("ghost");
    }

    @Test
    void a_bot_is_an_author_like_any_other() {
        long number = scene.forge.open("Bump", "renovate[bot]", List.of(), Scene.INVOICE).number;

        assertThat(scene.read(number).author()).isEqualTo("renovate[bot]");
    }

    @Test
    void a_proposal_from_a_fork_is_read_even_when_the_fork_is_gone() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.pull(number).headRepository = Optional.empty();

        assertThat(scene.read(number).head()).isEqualTo(scene.head(number));
        assertThat(scene.read(number).items()).hasSize(1);
    }

    @Test
    void a_force_push_counts_as_a_new_head_without_reviews_and_checks() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.forge.review(number, "bob", "APPROVED");
        scene.forge.status(scene.pull(number).head, "build", "success", "fine");

        scene.forge.forcePush(number, Map.of("agents/b.json", "1"));

        PullRequest read = scene.read(number);
        assertThat(read.head()).isEqualTo(scene.head(number));
        assertThat(read.review().given()).contains(0);
        assertThat(read.checks().total()).isZero();
        assertThat(read.items()).extracting(change -> change.id().kind()).containsExactly("agent");
    }

    @Test
    void a_stacked_pull_request_tells_the_branch_it_stands_on() {
        long below = scene.open("Below", Scene.INVOICE);
        long above = scene.forge.open(
                        scene.pull(below).headLabel, "Above", "alice", List.of(), Map.of("agents/b.json", "1"))
                .number;

        assertThat(scene.read(above).baseBranch()).isEqualTo(scene.pull(below).headLabel);
        assertThat(scene.read(above).items()).hasSize(1);
    }

    @Test
    void a_retargeted_pull_request_is_judged_by_the_rule_of_its_new_base() {
        scene.forge.rule = Optional.of(FakeGitea.rule(2));
        scene.forge.branch("release/1.x", scene.forge.branch("main"));
        long number = scene.open("Add", Scene.INVOICE);
        assertThat(scene.read(number).review().needed()).contains(2);

        scene.pull(number).base = "release/1.x";

        assertThat(scene.read(number).baseBranch()).isEqualTo("release/1.x");
        assertThat(scene.read(number).review().needed()).contains(0);
    }

    @Test
    void where_the_base_branch_is_gone_the_needed_approvals_are_unknown() {
        scene.forge.branch("topic", scene.forge.branch("main"));
        long number = scene.forge.open("topic", "Add", "alice", List.of(), Scene.INVOICE).number;
        scene.forge.removeBranch("topic");

        assertThat(scene.read(number).review().needed()).isEmpty();
    }

    // rules

    @Test
    void who_is_no_administrator_still_sees_how_many_approvals_are_needed() {
        scene.forge.rule = Optional.of(FakeGitea.rule(2, "ci/*"));
        scene.forge.administrator = false;
        long number = scene.open("Add", Scene.INVOICE);

        assertThat(scene.read(number).review().needed()).contains(2);
        assertThat(scene.read(number).checks().checks()).singleElement().satisfies(check -> {
            assertThat(check.name()).isEqualTo("ci/*");
            assertThat(check.status()).isEqualTo(Status.PENDING);
        });
    }

    @Test
    void a_branch_that_may_not_be_seen_leaves_its_rule_unknown() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.forge.review(number, "bob", "APPROVED");
        scene.routes.instead("/branches/main", Answer.empty(403));

        PullRequest read = scene.read(number);

        assertThat(read.review().needed()).isEmpty();
        assertThat(read.status()).isEqualTo(PullRequestStatus.APPROVED);
    }

    // statuses

    @Test
    void statuses_of_all_pages_are_folded() {
        scene.forge.maxPage = 2;
        long number = scene.open("Add", Scene.INVOICE);
        for (String context : List.of("a", "b", "c", "d", "e")) {
            scene.forge.status(scene.pull(number).head, context, context.equals("a") ? "failure" : "success", "");
        }

        assertThat(scene.read(number).checks()).hasToString("4/5 passed");
        assertThat(scene.read(number).checks().anyFailed()).isTrue();
    }

    @Test
    void a_status_that_was_reported_again_counts_once() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.forge.status(scene.pull(number).head, "build", "failure", "red");
        scene.forge.status(scene.pull(number).head, "build", "success", "green");

        assertThat(scene.read(number).checks()).hasToString("1/1 passed");
    }

    @Test
    void a_push_between_two_requests_does_not_mix_two_heads() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.forge.status(scene.pull(number).head, "build", "success", "fine");
        scene.routes.before("GET .*/files", () -> scene.forge.push(number, Map.of("agents/b.json", "1")));

        PullRequest read = scene.read(number);

        assertThat(read.head()).isEqualTo(scene.head(number));
        assertThat(read.checks().total()).isZero();
        assertThat(read.items()).hasSize(2);
    }

    // what servers leave out, and what they add

    @Test
    void a_pull_request_of_which_almost_nothing_is_told_is_read() {
        long number = scene.open("Add", Scene.INVOICE);
        for (String field : List.of("body", "labels", "draft", "mergeable", "html_url", "merge_base", "created_at")) {
            scene.pull(number).odd.put(field, "(absent)");
        }

        PullRequest read = scene.read(number);

        assertThat(read.title()).isEqualTo("Add");
        assertThat(read.link()).isEmpty();
        assertThat(read.labels()).isEmpty();
        assertThat(read.createdAt()).isEqualTo(read.updatedAt());
    }

    @Test
    void a_server_that_does_not_tell_of_drafts_is_believed_by_the_title() {
        long number = scene.open("[WIP] Add", Scene.INVOICE);
        scene.pull(number).odd.put("draft", "(absent)");

        assertThat(scene.read(number).progress()).isEqualTo(new Progress.Draft());
    }

    @Test
    void a_closed_pull_request_is_told_with_its_time() {
        long number = scene.open("Add", Scene.INVOICE);
        scene.forge.close(number);

        assertThat(scene.read(number).progress()).isEqualTo(new Progress.Closed(scene.forge.now()));
    }

    // history

    @Test
    void the_history_tells_who_was_asked_what_was_checked_and_what_is_not_known_here() {
        long number = scene.open("Add", Scene.INVOICE);
        FakePull pull = scene.pull(number);
        scene.forge.request(number, "bob");
        scene.forge.review(number, "bob", "REQUEST_CHANGES");
        scene.forge.review(number, "carol", "COMMENT");
        scene.forge.forcePush(number, Map.of("agents/b.json", "1"));
        scene.forge.status(pull.head, "build", "failure", "2 tests");
        scene.forge.tick();
        scene.forge.happened(pull, "dave", "change_title").put("old_title", "A").put("new_title", "B");
        scene.forge.happened(pull, "erin", "teleported").put("body", "far\naway");

        List<Activity> activity = scene.gitea.pullRequest(number).activity();

        assertThat(activity)
                .extracting(line -> line.type() + " by " + line.actor() + ": " + line.detail())
                .containsExactly(
                        "opened by alice: ",
                        "review-requested by alice: bob",
                        "changes-requested by bob: ",
                        "commented by carol: ",
                        "pushed by alice: forced",
                        "checked by ci-bot: build: failure",
                        "change_title by dave: A → B",
                        "teleported by erin: far");
    }

    @Test
    void the_history_is_read_to_its_end_although_the_server_counts_one_page_only() {
        scene.forge.maxPage = 5;
        long number = scene.open("Add", Scene.INVOICE);
        for (int i = 0; i < 12; i++) {
            scene.forge.happened(scene.pull(number), "bob", "comment").put("body", "no. " + i);
        }

        assertThat(scene.gitea.pullRequest(number).activity()).hasSize(13);
    }

    @Test
    void reviews_of_all_pages_are_read_and_teams_can_be_asked() {
        scene.forge.maxPage = 2;
        long number = scene.open("Add", Scene.INVOICE);
        for (String reviewer : List.of("a", "b", "c", "d")) {
            scene.forge.review(number, reviewer, "APPROVED");
        }
        ObjectNode asked = scene.forge.request(number, "x");
        asked.putNull("user");
        asked.putObject("team").put("id", 3).put("name", "reviewers");

        assertThat(scene.read(number).review().given()).contains(4);
        assertThat(scene.read(number).review().reviews())
                .filteredOn(review -> review.decision() == Decision.REVIEW_REQUESTED)
                .singleElement()
                .satisfies(review -> assertThat(review.reviewer()).isEqualTo("team:reviewers"));
    }
}
