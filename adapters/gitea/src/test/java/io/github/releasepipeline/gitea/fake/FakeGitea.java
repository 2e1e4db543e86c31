package io.github.releasepipeline.gitea.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a server knows of one repository, and what its users do. Each method is one act, a minute after the last. */
public final class FakeGitea {
    final FakeGit git = new FakeGit();
    final SortedMap<Long, FakePull> pulls = new TreeMap<>();
    final Map<String, List<ObjectNode>> statuses = new HashMap<>();
    final Map<String, ObjectNode> tags = new TreeMap<>();
    final List<ObjectNode> releases = new ArrayList<>();
    final List<ObjectNode> runs = new ArrayList<>();

    public String version = "1.26.3";
    public int maxPage = 50;
    public String mergeStyle = "merge";
    /** The rule of {@code main}; empty for a branch without a rule. */
    public Optional<ObjectNode> rule = Optional.empty();
    /** Whether the token may read rules, as administrators may. */
    public boolean administrator = true;
    /** Users without write access, whose reviews are not official. */
    public List<String> outsiders = new ArrayList<>();

    public Duration step = Duration.ofMinutes(1);
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private long ids = 9_000_000_000L;

    public FakeGitea() {
        FakeCommit first = git.commit(List.of(), Map.of(), "alice", now, "Begin");
        git.branches.put("main", first.sha());
    }

    public synchronized Instant now() {
        return now;
    }

    public synchronized String branch(String name) {
        return git.branches.get(name);
    }

    public synchronized void branch(String name, String sha) {
        git.branches.put(name, sha);
    }

    public synchronized void removeBranch(String name) {
        git.branches.remove(name);
    }

    public synchronized FakePull pull(long number) {
        return Optional.ofNullable(pulls.get(number)).orElseThrow(() -> new AssertionError("no pull " + number));
    }

    public synchronized String commitTo(String branch, Map<String, String> files) {
        tick();
        String sha = git.on(branch(branch), files, "alice", now, "Change " + files.keySet())
                .sha();
        git.branches.put(branch, sha);
        return sha;
    }

    public synchronized FakePull open(String title, String author, List<String> labels, Map<String, String> files) {
        return open("main", title, author, labels, files);
    }

    public synchronized FakePull open(
            String base, String title, String author, List<String> labels, Map<String, String> files) {
        tick();
        FakePull pull = new FakePull(pulls.size() + 1L, title, author, labels);
        pull.base = base;
        pull.mergeBase = branch(base);
        pull.head = git.on(pull.mergeBase, files, author, now, title).sha();
        git.branches.put(pull.headLabel, pull.head);
        pull.createdAt = now;
        pull.updatedAt = now;
        pulls.put(pull.number, pull);
        return pull;
    }

    public synchronized String push(long number, Map<String, String> files) {
        FakePull pull = pull(number);
        return moved(
                pull,
                git.on(pull.head, files, pull.author, tick(), "More of " + pull.title)
                        .sha(),
                false);
    }

    /** Replaces all commits of a pull request by one on top of the base as it is now. */
    public synchronized String forcePush(long number, Map<String, String> files) {
        FakePull pull = pull(number);
        pull.mergeBase = branch(pull.base);
        return moved(
                pull,
                git.on(pull.mergeBase, files, pull.author, tick(), pull.title).sha(),
                true);
    }

    private String moved(FakePull pull, String head, boolean forced) {
        pull.head = head;
        git.branches.put(pull.headLabel, head);
        pull.reviews.forEach(review -> review.put("stale", true));
        ObjectNode push = Json.object().put("is_force_push", forced);
        push.putArray("commit_ids").add(head);
        happened(pull, pull.author, "pull_push").put("body", push.toString());
        return head;
    }

    /** A review; the newest approval or rejection of a reviewer dismisses the older ones, as the server does it. */
    public synchronized ObjectNode review(long number, String reviewer, String state) {
        FakePull pull = pull(number);
        tick();
        pull.reviews.removeIf(
                row -> isOf(row, reviewer) && row.path("state").asText().equals("REQUEST_REVIEW"));
        if (!state.equals("COMMENT")) {
            pull.reviews.stream()
                    .filter(row -> isOf(row, reviewer))
                    .forEach(row -> row.put("dismissed", true).put("official", false));
        }
        ObjectNode row = reviewRow(pull, state).put("commit_id", pull.head);
        row.put("official", !outsiders.contains(reviewer) && !state.equals("COMMENT"));
        row.set("user", FakePull.user(reviewer));
        happened(pull, reviewer, "review").put("review_id", row.path("id").asLong());
        return row;
    }

    /** Somebody asks for a review; what the reviewer said before does not count any more. */
    public synchronized ObjectNode request(long number, String reviewer) {
        FakePull pull = pull(number);
        tick();
        pull.reviews.stream().filter(row -> isOf(row, reviewer)).forEach(row -> row.put("official", false));
        ObjectNode row = reviewRow(pull, "REQUEST_REVIEW").put("official", true).put("commit_id", "");
        row.set("user", FakePull.user(reviewer));
        happened(pull, pull.author, "review_request").set("assignee", FakePull.user(reviewer));
        return row;
    }

    private ObjectNode reviewRow(FakePull pull, String state) {
        ObjectNode row = Json.object()
                .put("id", ++ids)
                .put("state", state)
                .put("stale", false)
                .put("dismissed", false)
                .put("submitted_at", now.toString());
        row.putNull("team");
        pull.reviews.add(row);
        return row;
    }

    private static boolean isOf(ObjectNode row, String reviewer) {
        return row.path("user").path("login").asText().equals(reviewer);
    }

    public synchronized void status(String sha, String context, String state, String description) {
        tick();
        ObjectNode row = Json.object()
                .put("id", ++ids)
                .put("context", context)
                .put("status", state)
                .put("description", description)
                .put("target_url", "https://ci.example.org/" + ids)
                .put("created_at", now.toString())
                .put("updated_at", now.toString());
        row.set("creator", FakePull.user("ci-bot"));
        statuses.computeIfAbsent(sha, key -> new ArrayList<>()).add(row);
    }

    public synchronized void run(String sha, long id, String path, String status, String conclusion) {
        runs.add(Json.object()
                .put("id", id)
                .put("path", path)
                .put("event", "pull_request")
                .put("status", status)
                .put("conclusion", conclusion)
                .put("head_sha", sha));
    }

    public synchronized List<String> runStates() {
        return runs.stream()
                .map(run -> run.path("id") + " " + run.path("status").asText())
                .toList();
    }

    public synchronized ObjectNode happened(FakePull pull, String actor, String type) {
        ObjectNode row = Json.object()
                .put("id", ++ids)
                .put("type", type)
                .put("created_at", now.toString())
                .put("updated_at", now.toString())
                .put("body", "");
        row.set("user", FakePull.user(actor));
        pull.timeline.add(row);
        pull.updatedAt = now;
        return row;
    }

    public synchronized void merge(long number, String style, String by) {
        FakePull pull = pull(number);
        tick();
        String before = branch(pull.base);
        String merged = git.merge(before, pull.head, style, now, "Merge #" + number);
        git.branches.put(pull.base, merged);
        pull.mergeCommit = Optional.of(merged);
        pull.mergedBy = Optional.of(by);
        end(pull);
        happened(pull, by, "merge_pull").put("ref_commit_sha", merged);
    }

    public synchronized void close(long number) {
        FakePull pull = pull(number);
        tick();
        end(pull);
        happened(pull, pull.author, "close");
    }

    private void end(FakePull pull) {
        pull.open = false;
        pull.closedAt = Optional.of(now);
    }

    boolean isMergeable(FakePull pull) {
        return pull.open
                && pull.checking == 0
                && git.branches.containsKey(pull.base)
                && git.conflicts(git.mergeBase(branch(pull.base), pull.head), branch(pull.base), pull.head)
                        .isEmpty();
    }

    /** A rule of {@code main}. */
    public static ObjectNode rule(int approvals, String... contexts) {
        ObjectNode rule = Json.object()
                .put("rule_name", "main")
                .put("branch_name", "main")
                .put("required_approvals", approvals)
                .put("block_on_rejected_reviews", true)
                .put("block_on_official_review_requests", false)
                .put("enable_status_check", contexts.length > 0);
        ArrayNode globs = rule.putArray("status_check_contexts");
        List.of(contexts).forEach(globs::add);
        return rule;
    }

    /** The releases, to be changed by whoever holds them. */
    public List<ObjectNode> releases() {
        return releases;
    }

    long nextId() {
        return ++ids;
    }

    public synchronized Instant tick() {
        now = now.plus(step);
        return now;
    }
}
