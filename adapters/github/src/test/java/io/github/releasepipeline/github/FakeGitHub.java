package io.github.releasepipeline.github;

import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.http.stub.Answer;
import io.github.releasepipeline.http.stub.Asked;
import io.github.releasepipeline.source.MergeRequest.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One repository, acme/flows, with a Git of its own, as far as the adapter can see. */
final class FakeGitHub implements Function<Asked, Answer> {
    final Map<String, FakeCommit> commits = new HashMap<>();
    final Map<Long, FakePull> pulls = new TreeMap<>();
    final Map<String, List<FakeCheck>> checks = new HashMap<>();
    final FakeRules rules = new FakeRules();
    final FakeTags tags = new FakeTags(this);
    final FakeDeployments deployments = new FakeDeployments();
    /** What happens to requests before they are understood. */
    @Nullable
    Function<Asked, Optional<Answer>> fault;
    /** What happens to answers. */
    @Nullable
    Function<Answer, Answer> damage;

    String main;
    private int salt;
    private Instant last = Instant.EPOCH;

    FakeGitHub() {
        this.main = commit(List.of(), Map.of("README.md", "hello"), "Begin", "alice");
    }

    @Override
    public synchronized Answer apply(Asked asked) {
        Optional<Answer> struck = fault == null ? Optional.empty() : fault.apply(asked);
        if (struck.isPresent()) {
            return struck.get();
        }
        Answer answer = asked.path().endsWith("/graphql")
                ? new FakeGraphQl(this).answer(asked)
                : new FakeRest(this).answer(asked);
        return damage == null ? answer : damage.apply(answer);
    }

    synchronized void strike(Function<Asked, Optional<Answer>> theFault) {
        fault = theFault;
    }

    // what people do

    synchronized FakePull open(String title, String author, Map<String, String> files) {
        FakePull pull = new FakePull(pulls.size() + 1, title, author, main, now());
        pulls.put(pull.number, pull);
        push(pull, files, title);
        return pull;
    }

    synchronized String push(FakePull pull, Map<String, String> files, String message) {
        String parent = pull.commits.isEmpty() ? pull.fork : pull.head();
        Map<String, String> tree = new TreeMap<>(commits.get(parent).tree());
        files.forEach((path, text) -> {
            if (text.isEmpty()) {
                tree.remove(path);
            } else {
                tree.put(path, text);
            }
        });
        String id = commit(List.of(parent), tree, message, pull.author == null ? "gone" : pull.author);
        pull.commits.add(id);
        touch(pull);
        pull.timeline.add(Shapes.committed(commits.get(id)));
        return id;
    }

    synchronized String commitToMain(Map<String, String> files) {
        Map<String, String> tree = new TreeMap<>(commits.get(main).tree());
        tree.putAll(files);
        main = commit(List.of(main), tree, "Directly", "root");
        return main;
    }

    synchronized void review(FakePull pull, String reviewer, String state, String association) {
        Instant at = now();
        FakePull.Review review = new FakePull.Review(reviewer, state, pull.head(), at, association);
        pull.reviews.add(review);
        touch(pull);
        pull.timeline.add(Shapes.reviewed(review));
    }

    synchronized void close(FakePull pull) {
        touch(pull);
        pull.state = "CLOSED";
        pull.endedAt = pull.updatedAt;
        pull.timeline.add(Shapes.event("closed", "root", pull.updatedAt));
    }

    synchronized String merge(FakePull pull, Method method, String by) {
        Map<String, String> tree = merged(pull).orElseThrow();
        String head = pull.head();
        switch (method) {
            case MERGE -> main = commit(List.of(main, head), tree, "Merge pull request #" + pull.number, by);
            case SQUASH -> main = commit(List.of(main), tree, pull.title + " (#" + pull.number + ")", by);
            case REBASE -> rebase(pull, tree);
        }
        touch(pull);
        pull.state = "MERGED";
        pull.mergeCommit = main;
        pull.mergedBy = by;
        pull.endedAt = pull.updatedAt;
        pull.timeline.add(Shapes.event("merged", by, pull.updatedAt));
        pull.timeline.add(Shapes.event("closed", by, pull.updatedAt));
        return main;
    }

    private void rebase(FakePull pull, Map<String, String> last) {
        Map<String, String> tree = new TreeMap<>(commits.get(main).tree());
        String before = pull.fork;
        for (String id : pull.commits) {
            FakeCommit commit = commits.get(id);
            changes(commits.get(before).tree(), commit.tree()).forEach((path, text) -> apply(tree, path, text));
            before = id;
            main = put(FakeCommit.of(
                    List.of(main),
                    id.equals(pull.head()) ? last : tree,
                    commit.message(),
                    commit.author(),
                    commit.date(),
                    salt++));
        }
    }

    /** The tree after a merge; empty if both sides changed the same file in different ways. */
    Optional<Map<String, String>> merged(FakePull pull) {
        Map<String, String> fork = commits.get(pull.fork).tree();
        Map<String, String> theirs = changes(fork, commits.get(pull.head()).tree());
        Map<String, String> ours = changes(fork, commits.get(main).tree());
        Map<String, String> tree = new TreeMap<>(commits.get(main).tree());
        for (Map.Entry<String, String> change : theirs.entrySet()) {
            String our = ours.get(change.getKey());
            if (our != null && !our.equals(change.getValue())) {
                return Optional.empty();
            }
            apply(tree, change.getKey(), change.getValue());
        }
        return Optional.of(tree);
    }

    private static void apply(Map<String, String> tree, String path, String text) {
        if (text.isEmpty()) {
            tree.remove(path);
        } else {
            tree.put(path, text);
        }
    }

    /** Path to text, empty for a deletion. */
    static Map<String, String> changes(Map<String, String> from, Map<String, String> to) {
        Map<String, String> changes = new TreeMap<>();
        to.forEach((path, text) -> {
            if (!text.equals(from.get(path))) {
                changes.put(path, text);
            }
        });
        from.keySet().stream().filter(path -> !to.containsKey(path)).forEach(path -> changes.put(path, ""));
        return changes;
    }

    /** Files as GitHub lists them: a deleted and a created one of the same text are one that was renamed. */
    List<FakeFile> files(FakePull pull) {
        Map<String, String> fork = commits.get(pull.fork).tree();
        Map<String, String> changes = changes(fork, commits.get(pull.head()).tree());
        Map<String, String> gone = new LinkedHashMap<>();
        changes.forEach((path, text) -> {
            if (text.isEmpty()) {
                gone.put(fork.get(path), path);
            }
        });
        List<FakeFile> files = new ArrayList<>();
        changes.forEach((path, text) -> {
            if (!text.isEmpty()) {
                String before = fork.containsKey(path) ? null : gone.remove(text);
                files.add(new FakeFile(
                        path, before != null ? "renamed" : fork.containsKey(path) ? "modified" : "added", before));
            }
        });
        gone.values().forEach(path -> files.add(new FakeFile(path, "removed", null)));
        return files;
    }

    record FakeFile(String path, String status, @Nullable String before) {}

    /** A check run, or a commit status where the app is empty. */
    record FakeCheck(long id, String app, String name, String status, String word) {}

    // Git and time

    private String commit(List<String> parents, Map<String, String> tree, String message, String author) {
        return put(FakeCommit.of(parents, tree, message, author, now(), salt++));
    }

    private String put(FakeCommit commit) {
        commits.put(commit.id(), commit);
        return commit.id();
    }

    void touch(FakePull pull) {
        pull.updatedAt = now();
    }

    /** Whole seconds, as GitHub tells them. */
    Instant now() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        last = now.isAfter(last) ? now : last;
        return last;
    }

    static Answer problem(int status, String message) {
        return Answer.json(status, Json.object().put("message", message).put("documentation_url", "https://docs"))
                .header("X-GitHub-Request-Id", "C0FF:EE");
    }
}
