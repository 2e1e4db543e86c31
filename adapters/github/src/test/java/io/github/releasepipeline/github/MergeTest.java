package io.github.releasepipeline.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeOutcome;
import io.github.releasepipeline.source.MergeRequest;
import io.github.releasepipeline.source.MergeRequest.Method;
import io.github.releasepipeline.source.MergedRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MergeTest {
    private final Forge forge = new Forge();
    private final FakeGitHub fake = forge.fake;

    @AfterEach
    void close() {
        forge.close();
    }

    // what a merge brought

    @Test
    void a_rebase_of_many_commits_begins_before_the_first_of_them() {
        FakePull pull = three();
        String base = fake.commitToMain(Map.of("README.md", "before"));

        MergeOutcome outcome = merge(pull, Method.REBASE);

        MergedRange range = new MergedRange(new CommitId(base), new CommitId(fake.main));
        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(range));
        assertThat(read(pull)).contains(range);
        fake.rules.graphQlForbidden = true;
        assertThat(read(pull)).contains(range);
    }

    @Test
    void a_squash_of_many_commits_is_one_commit() {
        FakePull pull = three();
        String base = fake.commitToMain(Map.of("README.md", "before"));

        MergeOutcome outcome = merge(pull, Method.SQUASH);

        MergedRange range = new MergedRange(new CommitId(base), new CommitId(fake.main));
        assertThat(outcome).isEqualTo(new MergeOutcome.Merged(range));
        assertThat(read(pull)).contains(range);
    }

    @Test
    void what_was_merged_by_a_push_long_ago_is_told_by_the_two_ends_it_had() {
        FakePull pull = three();
        fake.merge(pull, Method.MERGE, "bob");
        pull.mergeCommit = null;

        assertThat(read(pull)).contains(new MergedRange(new CommitId(pull.fork), new CommitId(pull.head())));
    }

    // answers

    @Test
    void a_lost_answer_to_an_order_that_was_done_is_told_as_merged() {
        FakePull pull = three();
        fake.strike(asked -> {
            if (isOrder(asked)) {
                fake.fault = null;
                fake.merge(pull, Method.SQUASH, "app");
                return Optional.of(Answer.lost());
            }
            return Optional.empty();
        });

        assertThat(merge(pull, Method.SQUASH)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void a_lost_answer_to_an_order_that_was_not_done_is_an_error_and_no_second_order() {
        FakePull pull = three();
        for (Answer answer : List.of(Answer.lost(), Answer.empty(502))) {
            fake.strike(asked -> isOrder(asked) ? Optional.of(answer) : Optional.empty());
            forge.server.forget();

            AdapterException failure = failure(pull);

            assertThat(failure.retryable()).isTrue();
            assertThat(failure).hasMessageContaining("not merged so far");
            assertThat(orders()).isEqualTo(1);
        }
    }

    @Test
    void an_order_is_given_again_when_only_the_base_branch_moved() {
        FakePull pull = three();
        AtomicInteger orders = new AtomicInteger();
        fake.strike(asked -> isOrder(asked) && orders.incrementAndGet() < 3
                ? Optional.of(FakeGitHub.problem(405, "Base branch was modified. Review and try the merge again."))
                : Optional.empty());

        assertThat(merge(pull, Method.MERGE)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(orders).hasValue(3);
    }

    @Test
    void a_head_that_moves_between_reading_and_ordering_is_told() {
        FakePull pull = three();
        CommitId reviewed = new CommitId(pull.head());
        fake.strike(asked -> {
            if (isOrder(asked)) {
                fake.fault = null;
                fake.push(pull, Map.of("agents/sneaked.json", "x"), "Sneaked");
            }
            return Optional.empty();
        });

        MergeOutcome outcome = forge.gitHub.merge(request(pull, reviewed, Optional.of(Method.MERGE)));

        assertThat(outcome).isEqualTo(new MergeOutcome.HeadMoved(new CommitId(pull.head())));
    }

    @Test
    void a_method_that_is_switched_off_is_not_allowed_and_the_default_is_one_that_is_on() {
        fake.rules.forbiddenMethods.add("merge");
        FakePull pull = three();

        assertThat(merge(pull, Method.MERGE))
                .isEqualTo(new MergeOutcome.NotAllowed("Merge method merge is not allowed on this repository"));
        MergeRequest any = request(pull, new CommitId(pull.head()), Optional.empty());
        assertThat(forge.gitHub.merge(any)).isInstanceOf(MergeOutcome.Merged.class);
    }

    @Test
    void a_branch_with_a_merge_queue_takes_the_order_into_it() {
        fake.rules.mergeQueue = true;
        FakePull pull = three();

        MergeOutcome.Queued queued = new MergeOutcome.Queued("position 1 in the merge queue");
        assertThat(merge(pull, Method.MERGE)).isEqualTo(queued);
        assertThat(merge(pull, Method.MERGE)).as("again").isEqualTo(queued);
    }

    @Test
    void what_github_has_not_computed_yet_is_waited_for() {
        FakePull pull = three();
        AtomicInteger reads = new AtomicInteger();
        fake.strike(asked -> {
            boolean page = asked.method().equals("GET") && asked.path().endsWith("/pulls/" + pull.number);
            return page && reads.incrementAndGet() == 1
                    ? Optional.of(
                            Answer.json(200, new FakePullJson(fake).of(pull).putNull("mergeable")))
                    : Optional.empty();
        });

        assertThat(merge(pull, Method.MERGE)).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(reads.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_missing_permission_is_an_error_that_names_it() {
        FakePull pull = three();
        fake.strike(asked -> isOrder(asked)
                ? Optional.of(FakeGitHub.problem(403, "Resource not accessible by integration")
                        .header("X-Accepted-GitHub-Permissions", "contents=write"))
                : Optional.empty());

        AdapterException failure = failure(pull);

        assertThat(failure.retryable()).isFalse();
        assertThat(failure)
                .hasMessage("GitHub PUT /repos/acme/flows/pulls/1/merge answered 403: Resource not accessible by"
                        + " integration (permission needed: contents=write; request id C0FF:EE)");
    }

    @Test
    void a_quota_that_is_used_up_orders_nothing_and_says_when_to_come_again() {
        FakePull pull = three();
        fake.strike(asked -> isOrder(asked)
                ? Optional.of(FakeGitHub.problem(403, "You have exceeded a secondary rate limit"))
                : Optional.empty());
        Instant before = Instant.now();

        AdapterException failure = failure(pull);

        assertThat(failure.retryAt().orElseThrow()).isBetween(before.plusSeconds(55), before.plusSeconds(75));
        assertThat(pull.open()).isTrue();
    }

    @Test
    void a_repository_that_was_renamed_is_found_and_the_order_goes_to_its_new_name() {
        FakePull pull = three();
        GitHub old = GitHub.repository("acme/old-name", Forge.TOKEN).server(forge.server.base());
        fake.strike(asked -> {
            if (!asked.path().startsWith("/repos/acme/old-name")) {
                return Optional.empty();
            }
            String there = asked.path().replace("old-name", "flows");
            return Optional.of(Answer.json(
                            asked.method().equals("GET") ? 301 : 307,
                            Json.object().put("message", "Moved"))
                    .header("Location", forge.server.base() + there));
        });

        MergeOutcome outcome = old.merge(request(pull, new CommitId(pull.head()), Optional.of(Method.MERGE)));

        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
    }

    private FakePull three() {
        FakePull pull = fake.open("Add", "alice", Map.of("workflows/a.json", "1"));
        fake.push(pull, Map.of("workflows/b.json", "2"), "Second");
        fake.push(pull, Map.of("workflows/c.json", "3"), "Third");
        return pull;
    }

    private MergeOutcome merge(FakePull pull, Method method) {
        return forge.gitHub.merge(request(pull, new CommitId(pull.head()), Optional.of(method)));
    }

    private static MergeRequest request(FakePull pull, CommitId head, Optional<Method> method) {
        return new MergeRequest(pull.number, head, method, Actor.user("maintainer"), Instant.EPOCH);
    }

    private AdapterException failure(FakePull pull) {
        return catchThrowableOfType(AdapterException.class, () -> merge(pull, Method.MERGE));
    }

    private Optional<MergedRange> read(FakePull pull) {
        return forge.gitHub.pullRequest(pull.number).pullRequest().merged();
    }

    private static boolean isOrder(Asked asked) {
        return asked.method().equals("PUT");
    }

    private long orders() {
        return forge.server.exchanges().stream()
                .filter(exchange -> isOrder(exchange.asked()))
                .count();
    }
}
