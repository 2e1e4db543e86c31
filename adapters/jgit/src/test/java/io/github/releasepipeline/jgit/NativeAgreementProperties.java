package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random histories: this module and the git program must say the same. */
class NativeAgreementProperties {
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("item", "items/**"));

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void manifests_changes_ancestry_and_origins_agree_with_git(@ForAll long seed) {
        Assume.that(NativeGit.isPresent());
        Path folder = Folders.create();
        try (History history = History.create(folder.resolve("random.git"));
                GitRepository repository = GitRepository.at(folder.resolve("random.git"))) {
            NativeGit git = new NativeGit(folder.resolve("random.git"));
            Random random = new Random(seed);
            RandomHistory made = RandomHistory.write(history, random, 30);
            CommitId to = made.commits.get(made.commits.size() - 1);
            CommitId from = made.commits.get(random.nextInt(made.commits.size()));

            assertThat(paths(repository.manifest(to, KINDS).items())).isEqualTo(lsTree(git, to));
            assertThat(statuses(repository.changes(Optional.of(from), to, KINDS)))
                    .isEqualTo(diffTree(git, from, to));
            assertThat(repository.isAncestor(from, to))
                    .isEqualTo(git.lines("rev-list", to.hex()).contains(from.hex()));
            originsAgree(git, repository, made, from, to);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void originsAgree(
            NativeGit git, GitRepository repository, RandomHistory made, CommitId from, CommitId to) {
        Map<String, Set<String>> touchedBy = touchedBy(git, from, to);
        Map<MergedRange, Set<String>> ranges = new HashMap<>();
        made.merges.forEach(merge -> ranges.put(
                merge,
                new HashSet<>(git.lines(
                        "rev-list", merge.merge().hex(), "^" + merge.base().hex()))));
        Set<String> inRange = new HashSet<>(git.lines("rev-list", to.hex(), "^" + from.hex()));

        for (ChangeOrigin origin : repository.origins(Optional.of(from), to, made.merges, KINDS)) {
            Set<String> touched = touchedBy.getOrDefault(origin.change().id().path(), Set.of());
            Set<String> merges = new TreeSet<>();
            Set<String> direct = new TreeSet<>(touched);
            ranges.forEach((merge, commits) -> {
                if (inRange.contains(merge.merge().hex())) {
                    direct.removeAll(commits);
                    if (commits.stream().anyMatch(touched::contains)) {
                        merges.add(merge.merge().hex());
                    }
                }
            });
            assertThat(hexes(origin.merges())).isEqualTo(merges);
            assertThat(hexes(origin.direct())).isEqualTo(direct);
        }
    }

    /** Combined diffs name for a merge commit what differs from all its parents. */
    private static Map<String, Set<String>> touchedBy(NativeGit git, CommitId from, CommitId to) {
        Map<String, Set<String>> touchedBy = new HashMap<>();
        String commit = "";
        for (String line : git.lines(
                "log", "--format=commit %H", "--name-only", "--no-renames", "-c", to.hex(), "^" + from.hex(), "--")) {
            if (line.startsWith("commit ")) {
                commit = line.substring("commit ".length());
            } else if (!line.isEmpty()) {
                touchedBy.computeIfAbsent(line, path -> new HashSet<>()).add(commit);
            }
        }
        return touchedBy;
    }

    private static Map<String, String> lsTree(NativeGit git, CommitId commit) {
        Map<String, String> byPath = new TreeMap<>();
        for (String line : git.lines("ls-tree", "-r", commit.hex(), "items")) {
            String[] parts = line.split("[ \t]");
            byPath.put(
                    parts[3], Digest.of(git.run("cat-file", "blob", parts[2])).hex());
        }
        return byPath;
    }

    private static Set<String> diffTree(NativeGit git, CommitId from, CommitId to) {
        return new TreeSet<>(git.lines("diff", "--no-renames", "--name-status", from.hex(), to.hex(), "--", "items"));
    }

    private static Map<String, String> paths(List<Item> items) {
        Map<String, String> byPath = new TreeMap<>();
        items.forEach(item -> byPath.put(item.id().path(), item.digest().hex()));
        return byPath;
    }

    private static Set<String> statuses(List<ItemChange> changes) {
        Set<String> statuses = new TreeSet<>();
        for (ItemChange change : changes) {
            switch (change.type()) {
                case CREATED -> statuses.add("A\t" + change.id().path());
                case MODIFIED -> statuses.add("M\t" + change.id().path());
                case DELETED -> statuses.add("D\t" + change.id().path());
                case RENAMED -> {
                    statuses.add("A\t" + change.id().path());
                    statuses.add("D\t" + change.before().orElseThrow().id().path());
                }
            }
        }
        return statuses;
    }

    private static Set<String> hexes(List<CommitId> commits) {
        Set<String> hexes = new TreeSet<>();
        commits.forEach(commit -> hexes.add(commit.hex()));
        return hexes;
    }

    /** Commits, branches and merges, also crosswise, of files whose bytes are never the same. */
    private record RandomHistory(List<CommitId> commits, List<MergedRange> merges) {
        static RandomHistory write(History history, Random random, int size) {
            RandomHistory made = new RandomHistory(new ArrayList<>(), new ArrayList<>());
            List<Map<String, String>> trees = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                List<CommitId> parents = new ArrayList<>();
                Map<String, String> files = new TreeMap<>();
                if (i > 0) {
                    int first = i - 1 - random.nextInt(Math.min(i, 4));
                    int second = i - 1 - random.nextInt(Math.min(i, 8));
                    files.putAll(trees.get(first));
                    parents.add(made.commits.get(first));
                    if (second != first && random.nextInt(3) == 0) {
                        files.putAll(trees.get(second));
                        parents.add(made.commits.get(second));
                    }
                }
                if (parents.size() < 2 || random.nextInt(4) == 0) {
                    files.put("items/" + random.nextInt(4) + "/" + random.nextInt(3), "bytes of commit " + i);
                    if (random.nextInt(4) == 0) {
                        files.remove("items/" + random.nextInt(4) + "/" + random.nextInt(3));
                    }
                }
                CommitId commit = history.commit(files, parents);
                if (parents.size() > 1 || (parents.size() == 1 && random.nextInt(4) == 0)) {
                    made.merges.add(new MergedRange(parents.get(0), commit));
                }
                made.commits.add(commit);
                trees.add(files);
            }
            return made;
        }
    }
}
