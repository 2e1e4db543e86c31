package io.github.releasepipeline.gitea.fake;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Commits, branches, differences and merges, file by file. Not thread-safe. */
final class FakeGit {
    private final Map<String, FakeCommit> commits = new HashMap<>();
    final Map<String, String> branches = new TreeMap<>();

    /** A difference of one file; {@code previous} is its old path if it was renamed. */
    record Change(String status, String path, Optional<String> previous) {}

    FakeCommit get(String sha) {
        return Optional.ofNullable(commits.get(sha)).orElseThrow(() -> new AssertionError("no commit " + sha));
    }

    Optional<FakeCommit> find(String revision) {
        return Optional.ofNullable(commits.get(branches.getOrDefault(revision, revision)));
    }

    FakeCommit commit(List<String> parents, Map<String, String> tree, String author, Instant at, String message) {
        return commit(parents, tree, author, at, at, message);
    }

    private FakeCommit commit(
            List<String> parents,
            Map<String, String> tree,
            String author,
            Instant authored,
            Instant committed,
            String message) {
        int place = commits.size() + 1;
        FakeCommit made = new FakeCommit(
                sha("commit " + place),
                place,
                List.copyOf(parents),
                new TreeMap<>(tree),
                author,
                authored,
                committed,
                message);
        commits.put(made.sha(), made);
        return made;
    }

    /** A commit on top of another: path to text, an empty text deletes. */
    FakeCommit on(String parent, Map<String, String> files, String author, Instant at, String message) {
        SortedMap<String, String> tree = new TreeMap<>(get(parent).tree());
        files.forEach((path, text) -> {
            if (text.isEmpty()) {
                tree.remove(path);
            } else {
                tree.put(path, text);
            }
        });
        return commit(List.of(parent), tree, author, at, message);
    }

    /** Reachable from a commit, newest first. */
    List<FakeCommit> log(String from) {
        Set<String> seen = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            String sha = open.remove(0);
            if (seen.add(sha)) {
                open.addAll(get(sha).parents());
            }
        }
        return seen.stream()
                .map(this::get)
                .sorted(Comparator.comparing(FakeCommit::place).reversed())
                .toList();
    }

    /** Reachable from one and not from another, newest first. */
    List<FakeCommit> range(String from, String to) {
        List<FakeCommit> known = log(from);
        return log(to).stream().filter(commit -> !known.contains(commit)).toList();
    }

    String mergeBase(String one, String other) {
        List<FakeCommit> known = log(one);
        return log(other).stream()
                .filter(known::contains)
                .findFirst()
                .orElseThrow()
                .sha();
    }

    List<Change> diff(String from, String to) {
        SortedMap<String, String> before = get(from).tree();
        SortedMap<String, String> after = get(to).tree();
        List<Change> changes = new ArrayList<>();
        List<String> gone = new ArrayList<>(before.keySet());
        gone.removeAll(after.keySet());
        after.forEach((path, text) -> {
            if (!before.containsKey(path)) {
                Optional<String> old = gone.stream()
                        .filter(candidate -> before.get(candidate).equals(text))
                        .findFirst();
                old.ifPresent(gone::remove);
                changes.add(new Change(old.isPresent() ? "renamed" : "added", path, old));
            } else if (!before.get(path).equals(text)) {
                changes.add(new Change("changed", path, Optional.empty()));
            }
        });
        gone.forEach(path -> changes.add(new Change("deleted", path, Optional.empty())));
        return changes.stream().sorted(Comparator.comparing(Change::path)).toList();
    }

    /** Paths that both sides changed in different ways. */
    List<String> conflicts(String base, String ours, String theirs) {
        return paths(base, ours, theirs)
                .filter(path -> !text(base, path).equals(text(theirs, path)))
                .filter(path -> !text(base, path).equals(text(ours, path)))
                .filter(path -> !text(ours, path).equals(text(theirs, path)))
                .toList();
    }

    /** The branch after a merge in one of the server's styles; the caller has looked for conflicts. */
    String merge(String ours, String head, String style, Instant at, String message) {
        String base = mergeBase(ours, head);
        return switch (style) {
            case "merge" ->
                commit(List.of(ours, head), combined(base, ours, head), "server", at, message)
                        .sha();
            case "squash" ->
                commit(List.of(ours), combined(base, ours, head), "server", at, message)
                        .sha();
            case "rebase" -> rebased(ours, base, head, at);
            case "rebase-merge" -> {
                String tip = rebased(ours, base, head, at);
                yield commit(List.of(ours, tip), get(tip).tree(), "server", at, message)
                        .sha();
            }
            case "fast-forward-only" -> head;
            default -> throw new AssertionError("no style " + style);
        };
    }

    private String rebased(String ours, String base, String head, Instant at) {
        List<FakeCommit> steps = new ArrayList<>(range(base, head));
        java.util.Collections.reverse(steps);
        String tip = ours;
        for (FakeCommit step : steps) {
            Map<String, String> tree = combined(base, ours, step.sha());
            tip = commit(List.of(tip), tree, step.author(), step.authored(), at, step.message())
                    .sha();
        }
        return tip;
    }

    private Map<String, String> combined(String base, String ours, String theirs) {
        Map<String, String> tree = new TreeMap<>(get(ours).tree());
        paths(base, ours, theirs)
                .filter(path -> !text(base, path).equals(text(theirs, path)))
                .forEach(path ->
                        text(theirs, path).ifPresentOrElse(text -> tree.put(path, text), () -> tree.remove(path)));
        return tree;
    }

    private Stream<String> paths(String... shas) {
        return Stream.of(shas)
                .flatMap(sha -> get(sha).tree().keySet().stream())
                .distinct()
                .sorted();
    }

    private Optional<String> text(String sha, String path) {
        return Optional.ofNullable(get(sha).tree().get(path));
    }

    static String sha(String of) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(of.getBytes(StandardCharsets.UTF_8));
            return String.format("%040x", new BigInteger(1, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
