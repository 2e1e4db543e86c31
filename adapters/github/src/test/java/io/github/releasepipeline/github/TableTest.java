package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.github.FakeGitHub.FakeCheck;
import io.github.releasepipeline.http.stub.OpenApiDocument;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.source.CheckSummary.Status;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestPage;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.source.ReviewSummary.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Forge forge = new Forge();
    private final FakeGitHub fake = forge.fake;

    @AfterEach
    void close() {
        forge.close();
    }

    // cost

    @Test
    void a_table_costs_one_request_for_fifty_and_one_more() {
        for (int i = 0; i < 120; i++) {
            FakePull pull = fake.open("Number " + i, "alice", Map.of("workflows/" + i + ".json", "x"));
            check(pull, "github-actions", "build", "completed", "success");
            fake.review(pull, "bob", "APPROVED", "MEMBER");
        }

        List<PullRequest> told = walk(100);

        assertThat(told).hasSize(120).allSatisfy(pull -> {
            assertThat(pull.checks()).hasToString("1/1 passed");
            assertThat(pull.status()).isEqualTo(PullRequestStatus.APPROVED);
            assertThat(pull.itemCounts().total()).isEqualTo(1);
        });
        assertThat(forge.server.exchanges()).hasSize(3 + 1);
    }

    @Test
    void a_walk_that_follows_another_reads_only_what_ended_since() {
        for (int i = 0; i < 60; i++) {
            FakePull pull = fake.open("Old " + i, "alice", Map.of("workflows/" + i + ".json", "x"));
            fake.close(pull);
            pull.updatedAt = pull.updatedAt.minusSeconds(3_600);
        }
        FakePull pull = fake.open("Open", "alice", Map.of("workflows/a.json", "x"));
        String cursor = last(walkPages(Optional.empty(), 100)).cursor();
        forge.server.forget();

        check(pull, "github-actions", "build", "completed", "failure");
        List<PullRequest> told = changed(walkPages(Optional.of(cursor), 100));

        assertThat(told)
                .singleElement()
                .satisfies(read -> assertThat(read.checks().anyFailed())
                        .as("checks do not move the time of update")
                        .isTrue());
        assertThat(forge.server.exchanges()).hasSize(2);
    }

    @Test
    void what_ends_while_the_open_ones_are_read_is_told_by_the_next_walk() {
        for (int i = 0; i < 60; i++) {
            fake.open("Number " + i, "alice", Map.of("workflows/" + i + ".json", "x"));
        }
        PullRequestPage first = forge.gitHub.changedSince(Optional.empty(), 50);
        fake.close(fake.pulls.get(55L));
        fake.close(fake.pulls.get(3L));

        List<PullRequestPage> rest = walkPages(Optional.of(first.cursor()), 50);
        List<PullRequest> next = changed(walkPages(Optional.of(last(rest).cursor()), 50));

        assertThat(changed(rest))
                .extracting(PullRequest::number)
                .contains(51L, 60L)
                .doesNotContain(55L);
        assertThat(next)
                .filteredOn(pull -> pull.status() == PullRequestStatus.CLOSED)
                .extracting(PullRequest::number)
                .containsExactlyInAnyOrder(3L, 55L);
    }

    // reviews

    @Test
    void githubs_own_decision_is_taken_where_it_has_one() {
        fake.rules.approvals = 2;
        FakePull pull = open();
        pull.decision = "REVIEW_REQUIRED";
        fake.review(pull, "bob", "APPROVED", "MEMBER");

        assertThat(read(pull).review().decision()).isEqualTo(Decision.REVIEW_REQUESTED);
        assertThat(read(pull).review().given()).contains(1);
        assertThat(read(pull).review().needed()).contains(2);

        pull.decision = "CHANGES_REQUESTED";
        assertThat(read(pull).status()).isEqualTo(PullRequestStatus.CHANGES_REQUESTED);
        pull.decision = "APPROVED";
        assertThat(read(pull).status()).isEqualTo(PullRequestStatus.APPROVED);
    }

    @Test
    void a_decision_that_is_not_known_is_kept_as_it_is() {
        FakePull pull = open();
        pull.decision = "REVIEWED_BY_ORACLE";

        assertThat(read(pull).review().decision()).isEqualTo(Decision.UNKNOWN);
        assertThat(read(pull).review().rawDecision()).isEqualTo("REVIEWED_BY_ORACLE");
    }

    @Test
    void an_approval_of_an_older_commit_does_not_count() {
        FakePull pull = open();
        pull.decision = "APPROVED";
        fake.review(pull, "bob", "APPROVED", "MEMBER");
        fake.push(pull, Map.of("agents/sneaked.json", "x"), "More");

        for (boolean rest : List.of(false, true)) {
            fake.rules.graphQlForbidden = rest;
            assertThat(read(pull).review().given()).contains(0);
            assertThat(read(pull).status()).isNotEqualTo(PullRequestStatus.APPROVED);
            assertThat(read(pull).review().reviews()).hasSize(1);
        }
    }

    @Test
    void comments_dismissals_outsiders_and_the_author_change_no_opinion() {
        for (boolean rest : List.of(false, true)) {
            fake.rules.graphQlForbidden = rest;
            FakePull pull = open();
            fake.review(pull, "bob", "CHANGES_REQUESTED", "MEMBER");
            fake.review(pull, "bob", "COMMENTED", "MEMBER");
            fake.review(pull, "stranger", "APPROVED", "NONE");
            assertThat(read(pull).status()).as("by REST: %s", rest).isEqualTo(PullRequestStatus.CHANGES_REQUESTED);
            assertThat(read(pull).review().given()).contains(0);

            fake.review(pull, "bob", "DISMISSED", "MEMBER");
            pull.reviewRequested = true;
            assertThat(read(pull).status()).isEqualTo(PullRequestStatus.REVIEW_REQUESTED);
            assertThat(read(pull).review().reviews()).isEmpty();
        }
    }

    // checks

    @Test
    void checks_and_statuses_are_told_once_each_with_required_ones_that_have_not_reported() {
        fake.rules.checks.addAll(List.of("build", "licence"));
        for (boolean rest : List.of(false, true)) {
            fake.rules.graphQlForbidden = rest;
            FakePull pull = open();
            check(pull, "github-actions", "build", "completed", "success");
            check(pull, "other-ci", "build", "completed", "failure");
            check(pull, "github-actions", "lint", "completed", "neutral");
            check(pull, "github-actions", "slow", "in_progress", "");
            check(pull, "", "ci/legacy", "", "error");

            assertThat(read(pull).checks().checks())
                    .as("by REST: %s", rest)
                    .extracting(check -> check.name() + " " + check.status())
                    .containsExactlyInAnyOrder(
                            "build (github-actions) PASSED",
                            "build (other-ci) FAILED",
                            "lint PASSED",
                            "slow PENDING",
                            "ci/legacy FAILED",
                            "licence PENDING");
        }
    }

    @Test
    void words_that_no_description_lists_are_understood_or_kept() {
        assertThat(Checks.status("STALE")).isEqualTo(Status.FAILED);
        assertThat(Checks.status("startup_failure")).isEqualTo(Status.FAILED);
        assertThat(Checks.status("waiting")).isEqualTo(Status.PENDING);
        assertThat(Checks.status("QUANTUM")).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void the_newest_run_of_a_check_counts_and_one_that_runs_is_the_newest() {
        FakePull pull = open();
        fake.checks.put(
                pull.head(),
                List.of(
                        new FakeCheck(3_000_000_001L, "github-actions", "build", "completed", "success"),
                        new FakeCheck(3_000_000_000L, "github-actions", "build", "completed", "failure"),
                        new FakeCheck(1, "github-actions", "test", "in_progress", ""),
                        new FakeCheck(2, "github-actions", "test", "completed", "success")));

        assertThat(read(pull).checks().checks())
                .extracting(check -> check.name() + " " + check.status())
                .containsExactly("build PASSED", "test PENDING");
    }

    @Test
    void checks_that_the_token_may_not_read_are_read_from_workflows_and_statuses() {
        fake.rules.checksForbidden = true;
        FakePull pull = open();
        check(pull, "github-actions", "build", "completed", "success");
        check(pull, "", "ci/legacy", "", "pending");

        assertThat(read(pull).checks().checks())
                .extracting(check -> check.name() + " " + check.status())
                .containsExactly("build PASSED", "ci/legacy PENDING");
    }

    @Test
    void checks_that_cannot_be_read_at_all_are_unknown_and_not_none() {
        fake.rules.checksForbidden = true;
        fake.rules.actionsForbidden = true;
        fake.rules.statusesForbidden = true;
        FakePull pull = open();
        check(pull, "github-actions", "build", "completed", "success");

        for (PullRequest read : List.of(read(pull), walk(10).get(0))) {
            assertThat(read.checks().checks()).singleElement().satisfies(check -> {
                assertThat(check.status()).isEqualTo(Status.UNKNOWN);
                assertThat(check.summary()).contains("checks=read").contains("statuses=read");
            });
        }
    }

    @Test
    void more_than_a_hundred_checks_are_all_told() {
        FakePull pull = open();
        for (int i = 0; i < 105; i++) {
            check(pull, "github-actions", "job " + i, "completed", "success");
        }

        assertThat(read(pull).checks()).hasToString("105/105 passed");
    }

    // files

    @Test
    void both_paths_of_a_rename_are_told_and_what_leaves_the_items_is_deleted() {
        fake.commitToMain(Map.of("workflows/a.json", "a", "workflows/b.json", "b", "workflows/Case.json", "c"));
        Map<String, String> files = new HashMap<>();
        files.put("workflows/a.json", "");
        files.put("workflows/moved.json", "a");
        files.put("workflows/b.json", "");
        files.put("archive/b.txt", "b");
        files.put("workflows/Case.json", "");
        files.put("workflows/case.json", "c");
        FakePull pull = fake.open("Rename", "alice", files);
        List<ChangedItem> expected = List.of(
                ChangedItem.deleted(workflow("workflows/b.json")),
                ChangedItem.renamed(workflow("workflows/Case.json"), workflow("workflows/case.json")),
                ChangedItem.renamed(workflow("workflows/a.json"), workflow("workflows/moved.json")));

        assertThat(read(pull).items()).containsExactlyElementsOf(expected);
        assertThat(walk(10).get(0).items()).containsExactlyElementsOf(expected);
    }

    @Test
    void files_beyond_the_first_hundred_are_told_and_remembered_by_head() {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < 205; i++) {
            files.put("workflows/" + i + ".json", "x");
        }
        FakePull pull = fake.open("Many", "alice", files);

        assertThat(walk(10).get(0).items()).hasSize(205);
        forge.server.forget();
        assertThat(walk(10).get(0).items()).hasSize(205);
        assertThat(forge.server.requests()).noneMatch(request -> request.contains("/files"));
        fake.push(pull, Map.of("workflows/new.json", "x"), "More");
        assertThat(walk(10).get(0).items()).hasSize(206);
    }

    // people, branches

    @Test
    void bots_and_people_who_are_gone_have_names_by_both_ways() {
        FakePull bot = open();
        bot.author = "dependabot";
        bot.bot = true;
        FakePull gone = open();
        gone.author = null;

        assertThat(read(bot).author()).isEqualTo("dependabot[bot]");
        assertThat(read(gone).author()).isEqualTo("ghost");
        fake.rules.graphQlForbidden = true;
        fake.damage = answer -> answer.header(OpenApiDocument.ODD, "a user is null");
        assertThat(read(bot).author()).isEqualTo("dependabot[bot]");
        assertThat(read(gone).author()).isEqualTo("ghost");
    }

    @Test
    void a_pull_request_into_another_ones_branch_names_it_as_its_base() {
        FakePull stacked = open();
        stacked.base = "feature/below";

        assertThat(read(stacked).baseBranch()).isEqualTo("feature/below");
        fake.rules.graphQlForbidden = true;
        assertThat(read(stacked).baseBranch()).isEqualTo("feature/below");
    }

    @Test
    void the_pull_request_that_reverted_another_is_named() {
        FakePull pull = open();
        fake.merge(pull, Method.SQUASH, "bob");
        pull.revertedBy = Optional.of("Mentions it only");
        assertThat(read(pull).revertedBy()).isEmpty();

        pull.revertedBy = Optional.of("Revert \"Add\"");

        assertThat(read(pull).revertedBy()).contains("#99");
    }

    @Test
    void without_kinds_every_file_counts() {
        FakePull pull = fake.open("Add", "alice", Map.of("a/b.txt", "x"));
        GitHub plain = GitHub.repository("acme/flows", Forge.TOKEN).server(forge.server.base());

        assertThat(plain.pullRequest(pull.number).pullRequest().itemCounts()).hasToString("1 file");
    }

    private FakePull open() {
        return fake.open("Add", "alice", Map.of("workflows/a.json", "x"));
    }

    private void check(FakePull pull, String app, String name, String status, String word) {
        List<FakeCheck> checks = fake.checks.computeIfAbsent(pull.head(), key -> new ArrayList<>());
        checks.add(new FakeCheck(3_000_000_000L + checks.size(), app, name, status, word));
    }

    private PullRequest read(FakePull pull) {
        return forge.gitHub.pullRequest(pull.number).pullRequest();
    }

    private List<PullRequest> walk(int limit) {
        return changed(walkPages(Optional.empty(), limit));
    }

    private List<PullRequestPage> walkPages(Optional<String> cursor, int limit) {
        List<PullRequestPage> pages = new ArrayList<>();
        Optional<String> at = cursor;
        do {
            pages.add(forge.gitHub.changedSince(at, limit));
            at = Optional.of(last(pages).cursor());
        } while (!last(pages).complete());
        return pages;
    }

    private static PullRequestPage last(List<PullRequestPage> pages) {
        return pages.get(pages.size() - 1);
    }

    private static List<PullRequest> changed(List<PullRequestPage> pages) {
        return pages.stream().flatMap(page -> page.changed().stream()).toList();
    }

    private static ItemId workflow(String path) {
        return new ItemId("workflow", path);
    }
}
