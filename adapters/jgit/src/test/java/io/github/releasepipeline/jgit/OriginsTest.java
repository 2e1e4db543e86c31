package io.github.releasepipeline.jgit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Origins beyond the contract: renames on the way, and many ranges. */
class OriginsTest {
    private static final List<ItemKind> KINDS = List.of(ItemKind.of("item", "items/*"));
    private static final String TEXT = "one line\nand another\nand a third one\n";

    @TempDir
    Path folder;

    private History history;
    private GitRepository repository;

    @BeforeEach
    void open() {
        history = History.create(folder.resolve("flows.git"));
        repository = GitRepository.at(folder.resolve("flows.git"));
    }

    @AfterEach
    void close() {
        repository.close();
        history.close();
    }

    @Test
    void what_deleted_an_item_under_its_newer_name_is_told() {
        CommitId base = history.commit(Map.of("items/old", TEXT), List.of());
        CommitId moved = history.commit(Map.of("items/new", TEXT), List.of(base));
        CommitId deleted = history.commit(Map.of(), List.of(moved));

        ChangeOrigin origin = origins(base, deleted, List.of()).get(0);

        assertThat(origin.change().id().path()).isEqualTo("items/old");
        assertThat(origin.direct()).containsExactly(deleted, moved);
    }

    @Test
    void every_name_on_the_way_counts() {
        CommitId base = history.commit(Map.of(), List.of());
        CommitId one = history.commit(Map.of("items/1", TEXT), List.of(base));
        CommitId two = history.commit(Map.of("items/2", TEXT + "x\n"), List.of(one));
        CommitId three = history.commit(Map.of("items/3", TEXT + "x\ny\n"), List.of(two));

        ChangeOrigin origin = origins(base, three, List.of()).get(0);

        assertThat(origin.change().before()).isEmpty();
        assertThat(origin.direct()).containsExactly(three, two, one);
    }

    @Test
    void more_ranges_than_fit_into_one_sweep_are_told_apart() {
        List<CommitId> main = new ArrayList<>();
        List<MergedRange> ranges = new ArrayList<>();
        main.add(history.commit(Map.of("items/a", "0"), List.of()));
        for (int i = 1; i <= 200; i++) {
            CommitId before = main.get(i - 1);
            CommitId fork = main.get(Math.max(0, i - 90));
            CommitId branch = history.commit(Map.of("items/a", "branch " + i), List.of(fork));
            CommitId merge = history.commit(Map.of("items/a", "branch " + i), List.of(before, branch));
            main.add(merge);
            ranges.add(new MergedRange(before, merge));
        }
        CommitId to = main.get(main.size() - 1);

        ChangeOrigin origin = origins(main.get(0), to, ranges).get(0);

        List<CommitId> newestFirst = new ArrayList<>(main.subList(1, main.size()));
        Collections.reverse(newestFirst);
        assertThat(origin.merges()).isEqualTo(newestFirst);
        assertThat(origin.direct()).isEmpty();
    }

    private List<ChangeOrigin> origins(CommitId from, CommitId to, List<MergedRange> merges) {
        return repository.origins(Optional.of(from), to, merges, KINDS);
    }
}
