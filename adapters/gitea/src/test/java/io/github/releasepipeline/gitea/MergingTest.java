package io.github.releasepipeline.gitea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders to merge, and a server that answers late, twice, wrongly or not at all. */
class MergingTest {
    private static final String MERGE = "POST .*/merge";

    private final Scene scene = new Scene();
    private final long number = scene.open("Add", Scene.INVOICE);

    @AfterEach
    void checkExchanges() {
        scene.close();
    }

    @Test
    void try_again_later_is_asked_again() {
        scene.pull(number).checking = 3;

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(scene.waits).containsExactly(0, 1, 2);
    }

    @Test
    void it_is_not_asked_again_for_ever() {
        scene.pull(number).checking = 1_000;

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.NotAllowed("Please try again later"));
        assertThat(scene.asked("/merge")).isEqualTo(5);
    }

    @Test
    void where_the_server_compares_nothing_an_unending_look_counts_as_a_conflict() {
        scene.pull(number).checking = 1_000;
        scene.routes.instead("GET .*/compare/", Answer.json(404, "{\"message\": \"no such commit\"}"));

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.Conflict(List.of()));
    }

    @Test
    void a_base_branch_that_moved_just_then_is_tried_again() {
        scene.routes.instead(MERGE, Answer.json(409, "{\"message\": \"merge push out of date\"}"));

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void a_lost_answer_is_looked_up_and_not_ordered_again() {
        scene.routes.after(MERGE, Answer.lost());

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(scene.asked("/merge")).isEqualTo(1);
    }

    @Test
    void an_order_that_was_lost_is_an_error_that_may_be_repeated() {
        scene.routes.instead(MERGE, Answer.lost());

        assertThatThrownBy(() -> scene.merge(number))
                .isInstanceOfSatisfying(
                        AdapterException.class,
                        lost -> assertThat(lost.retryable()).isTrue());
        assertThat(scene.asked("/merge")).isEqualTo(1);
        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void a_server_error_after_the_merge_is_a_merge() {
        scene.routes.after(MERGE, Answer.json(500, "{\"message\": \"hook timed out\"}"));

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void a_merge_commit_that_is_told_later_is_waited_for() {
        scene.pull(number).mergeCommitLag = 2;

        assertThat(scene.merge(number))
                .isInstanceOfSatisfying(
                        MergeOutcome.Merged.class,
                        merged -> assertThat(merged.range().merge().hex()).isEqualTo(scene.forge.branch("main")));
    }

    @Test
    void a_merge_commit_that_is_never_told_leaves_the_order_queued() {
        scene.pull(number).mergeCommitLag = 1_000;

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Queued.class);
    }

    @Test
    void a_scheduled_merge_is_queued() {
        scene.routes.instead(MERGE, Answer.empty(201));

        assertThat(described(MergeOutcome.Queued.class)).contains("checks");
    }

    @Test
    void a_conflict_is_told_with_the_paths_that_git_names() {
        scene.routes.instead(
                MERGE,
                Answer.json(
                        409,
                        Json.object()
                                .put("Style", "merge")
                                .put("StdOut", "CONFLICT (content): Merge conflict in workflows/invoice.json")));

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.Conflict(List.of("workflows/invoice.json")));
    }

    @Test
    void a_push_between_the_look_and_the_order_is_a_moved_head() {
        scene.routes.before(MERGE, () -> scene.forge.push(number, Map.of("agents/sneaked-in.json", "x")));

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.HeadMoved(scene.head(number)));
        assertThat(scene.pull(number).open).isTrue();
    }

    @Test
    void a_merge_by_somebody_else_between_the_look_and_the_order_is_a_merge() {
        scene.routes.before(MERGE, () -> scene.forge.merge(number, "merge", "bob"));

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void a_pull_request_that_is_closed_between_the_look_and_the_order_is_not_merged() {
        scene.routes.before(MERGE, () -> scene.forge.close(number));

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.NotAllowed.class);
    }

    @Test
    void a_closed_pull_request_is_not_merged() {
        scene.forge.close(number);

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.NotAllowed("#1 is closed"));
        assertThat(scene.asked("/merge")).isZero();
    }

    @Test
    void the_rule_that_stands_against_it_is_told_in_the_servers_words() {
        scene.routes.instead(MERGE, Answer.json(405, "{\"message\": \"Does not have enough approvals\"}"));

        assertThat(scene.merge(number)).isEqualTo(new MergeOutcome.NotAllowed("Does not have enough approvals"));
    }

    @Test
    void an_archived_repository_takes_no_merge() {
        scene.routes.instead(MERGE, Answer.empty(423));

        assertThat(described(MergeOutcome.NotAllowed.class)).contains("archived");
    }

    @Test
    void a_token_that_may_not_write_is_an_error_that_names_what_is_missing() {
        scene.routes.instead(
                MERGE,
                Answer.json(
                        403,
                        "{\"message\": \"token does not have at least one of required scope(s): [write:repository]\"}"));

        assertThatThrownBy(() -> scene.merge(number))
                .isInstanceOf(AdapterException.class)
                .hasMessageContaining("permission needed: write:repository");
    }

    @Test
    void the_repositorys_own_way_of_merging_is_used_where_the_order_names_none() {
        scene.forge.mergeStyle = "rebase-merge";

        scene.gitea.merge(
                new MergeRequest(number, scene.head(number), Optional.empty(), Actor.user("bob"), scene.forge.now()));

        assertThat(lastOrder()).isEqualTo("rebase-merge");
    }

    @Test
    void a_renamed_repository_is_merged_into_under_its_new_name() {
        scene.routes.fullName = "acme/flows-2";

        assertThat(scene.merge(number)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(scene.asked("POST /api/v1/repos/acme/flows-2/pulls/1/merge")).isEqualTo(1);
        assertThat(scene.read(number).id().repository()).isEqualTo("acme/flows");
    }

    @Test
    void every_way_of_merging_tells_what_it_brought() {
        for (String style : List.of("merge", "squash", "rebase", "rebase-merge")) {
            long pull = scene.open("By " + style, Map.of("workflows/" + style + ".json", "1"));
            scene.forge.push(pull, Map.of("workflows/" + style + ".json", "2"));
            scene.forge.push(pull, Map.of("agents/" + style + ".json", "3"));
            String base = scene.forge.commitTo("main", Map.of("README.md", style));

            scene.forge.merge(pull, style, "bob");

            assertThat(scene.read(pull).merged())
                    .as(style)
                    .contains(new MergedRange(new CommitId(base), new CommitId(scene.forge.branch("main"))));
            assertThat(scene.read(pull).firstCommitAt()).as(style).isPresent();
        }
    }

    @Test
    void a_fast_forward_tells_what_it_brought() {
        String base = scene.forge.branch("main");
        scene.forge.push(number, Map.of("agents/b.json", "1"));

        scene.forge.merge(number, "fast-forward-only", "bob");

        assertThat(scene.read(number).merged())
                .contains(new MergedRange(new CommitId(base), new CommitId(scene.forge.branch("main"))));
    }

    @Test
    void a_squash_of_one_commit_and_a_rebase_of_one_bring_one() {
        for (Method method : List.of(Method.SQUASH, Method.REBASE)) {
            long pull = scene.open("By " + method, Map.of("workflows/" + method + ".json", "1"));
            String base = scene.forge.branch("main");

            assertThat(scene.merge(pull, method))
                    .isEqualTo(new MergeOutcome.Merged(
                            new MergedRange(new CommitId(base), new CommitId(scene.forge.branch("main")))));
        }
    }

    @Test
    void more_commits_than_a_page_holds_are_rebased_and_told() {
        scene.forge.maxPage = 3;
        for (int i = 0; i < 7; i++) {
            scene.forge.push(number, Map.of("agents/" + i + ".json", "1"));
        }
        String base = scene.forge.commitTo("main", Map.of("README.md", "1"));

        assertThat(scene.merge(number, Method.REBASE))
                .isEqualTo(new MergeOutcome.Merged(
                        new MergedRange(new CommitId(base), new CommitId(scene.forge.branch("main")))));
    }

    private String lastOrder() {
        return scene.server.exchanges().stream()
                .map(exchange -> exchange.asked())
                .filter(asked -> asked.method().equals("POST"))
                .reduce((first, second) -> second)
                .map(asked -> asked.json().path("do").asText())
                .orElseThrow();
    }

    private String described(Class<? extends MergeOutcome> expected) {
        MergeOutcome outcome = scene.merge(number);
        assertThat(outcome).isInstanceOf(expected);
        return outcome.toString();
    }
}
