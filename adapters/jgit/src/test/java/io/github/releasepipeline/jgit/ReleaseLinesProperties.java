package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever happens to the branches, a process that watched it and one that comes later tell the same. */
class ReleaseLinesProperties {
    private static final List<String> NAMES = List.of("main", "release/1", "release/2", "hotfix/1");

    @Property(tries = 10, shrinking = ShrinkingMode.OFF)
    void what_was_watched_is_what_a_new_process_reads_and_no_merge_has_two_numbers(@ForAll long seed) {
        Path folder = Folders.create();
        Random random = new Random(seed);
        try (PlainGit git = new PlainGit(folder.resolve("flows.git"))) {
            GitPullRequests watching = lines(git);
            Set<String> there = new HashSet<>(Set.of("main"));
            Optional<String> cursor = Optional.empty();
            for (int event = 0; event < 30; event++) {
                happens(git, there, random);
                if (random.nextInt(3) > 0) {
                    cursor = Optional.of(PlainGit.follow(watching, cursor, 1 + random.nextInt(4))
                            .cursor());
                }
            }
            Map<Long, PullRequest> now =
                    PlainGit.follow(lines(git), Optional.empty(), 10).told();

            now.forEach(
                    (number, read) -> assertThat(watching.pullRequest(number).pullRequest())
                            .as("#%s, seed %s", number, seed)
                            .isEqualTo(read));
            assertThat(now.values().stream()
                            .flatMap(pullRequest -> pullRequest.merged().stream())
                            .map(MergedRange::merge))
                    .doesNotHaveDuplicates();
            assertThat(PlainGit.follow(watching, cursor, 3).told().values())
                    .allSatisfy(told -> assertThat(told)
                            .satisfiesAnyOf(
                                    same -> assertThat(same).isEqualTo(now.get(same.number())),
                                    gone -> assertThat(now).doesNotContainKey(gone.number())));
        } finally {
            Folders.delete(folder);
        }
    }

    private static GitPullRequests lines(PlainGit git) {
        return git.control.alsoInto("release/*", "hotfix/*");
    }

    private static void happens(PlainGit git, Set<String> there, Random random) {
        String branch = NAMES.get(random.nextInt(NAMES.size()));
        String other = there.stream().sorted().toList().get(random.nextInt(there.size()));
        CommitId at = git.history.at("refs/heads/" + other);
        switch (random.nextInt(10)) {
            case 0 -> {
                git.history.ref("refs/heads/" + branch, at);
                there.add(branch);
            }
            case 1 -> {
                if (!branch.equals("main") && there.remove(branch)) {
                    git.history.deleteRef("refs/heads/" + branch);
                }
            }
            case 2 -> git.history.turnBackTheClock(3);
            case 3 -> git.mergeCommit(other, "Merge branch 'x'", at);
            case 4 -> git.commit(other, "Undo\n\nReverts #" + (1 + random.nextInt(4)));
            default -> git.commit(other, "Work (#" + (1 + random.nextInt(6)) + ")", files(random));
        }
    }

    private static Map<String, String> files(Random random) {
        return new TreeMap<>(Map.of("workflows/f" + random.nextInt(5), String.valueOf(random.nextInt())));
    }
}
