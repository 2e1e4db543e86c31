package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Facts about where changes came from, and about ancestry. */
abstract class OriginFacts extends TagFacts {
    @Test
    void a_merge_brought_what_the_commits_of_its_range_touched() {
        CommitId base = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "1"));
        CommitId branch = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "1"), base);
        CommitId merge = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "1"), base, branch);
        CommitId squash = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "2"), merge);

        List<ChangeOrigin> origins =
                repository.origins(Optional.of(base), squash, List.of(range(base, merge), range(merge, squash)), KINDS);

        assertThat(mergesByPath(origins))
                .containsEntry("workflows/a.json", List.of(merge))
                .containsEntry("workflows/b.json", List.of(squash));
        assertThat(origins).allSatisfy(origin -> assertThat(origin.direct()).isEmpty());
    }

    @Test
    void all_merges_that_touched_an_item_are_told_newest_first() {
        CommitId base = commit(Map.of("workflows/a.json", "1"));
        CommitId first = commit(Map.of("workflows/a.json", "2"), base);
        CommitId second = commit(Map.of("workflows/a.json", "3"), first);

        List<ChangeOrigin> origins =
                repository.origins(Optional.of(base), second, List.of(range(base, first), range(first, second)), KINDS);

        assertThat(mergesByPath(origins)).containsEntry("workflows/a.json", List.of(second, first));
    }

    @Test
    void an_item_whose_net_change_is_zero_drops_out() {
        CommitId base = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "1"));
        CommitId change = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "2"), base);
        CommitId revert = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "2"), change);

        List<ChangeOrigin> origins = repository.origins(
                Optional.of(base), revert, List.of(range(base, change), range(change, revert)), KINDS);

        assertThat(mergesByPath(origins)).containsOnly(Map.entry("workflows/b.json", List.of(change)));
    }

    @Test
    void a_commit_that_belongs_to_no_merge_is_told_as_direct() {
        CommitId base = commit(Map.of("workflows/a.json", "1"));
        CommitId older = commit(Map.of("workflows/a.json", "2"), base);
        CommitId newer = commit(Map.of("workflows/a.json", "3"), older);
        CommitId elsewhere = commit(Map.of("workflows/a.json", "3", "README.md", "x"), newer);

        ChangeOrigin origin = onlyOrigin(repository.origins(Optional.of(base), elsewhere, List.of(), KINDS));

        assertThat(origin.merges()).isEmpty();
        assertThat(origin.direct()).containsExactly(newer, older);
    }

    @Test
    void a_merge_commit_touches_only_what_differs_from_all_its_parents() {
        CommitId base = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "1"));
        CommitId left = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "1"), base);
        CommitId right = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "2"), base);
        CommitId clean = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "2"), left, right);
        CommitId evil = commit(Map.of("workflows/a.json", "evil", "workflows/b.json", "2"), left, right);

        assertThat(directByPath(repository.origins(Optional.of(base), clean, List.of(), KINDS)))
                .containsEntry("workflows/a.json", List.of(left))
                .containsEntry("workflows/b.json", List.of(right));
        assertThat(directByPath(repository.origins(Optional.of(base), evil, List.of(), KINDS)))
                .containsEntry("workflows/a.json", List.of(evil, left))
                .containsEntry("workflows/b.json", List.of(right));
    }

    @Test
    void a_merge_into_an_integration_branch_counts_beside_the_merge_of_that_branch() {
        CommitId base = commit(Map.of("workflows/a.json", "1"));
        CommitId start = commit(Map.of("workflows/a.json", "1", "README.md", "integration"), base);
        CommitId feature = commit(Map.of("workflows/a.json", "2", "README.md", "integration"), start);
        CommitId inner = commit(Map.of("workflows/a.json", "2", "README.md", "integration"), start, feature);
        CommitId outer = commit(Map.of("workflows/a.json", "2", "README.md", "integration"), base, inner);

        List<ChangeOrigin> origins =
                repository.origins(Optional.of(base), outer, List.of(range(start, inner), range(base, outer)), KINDS);

        assertThat(mergesByPath(origins)).containsEntry("workflows/a.json", List.of(outer, inner));
    }

    @Test
    void a_rebased_pull_request_brought_all_commits_of_its_range() {
        CommitId base = commit(Map.of("workflows/a.json", "1", "workflows/b.json", "1"));
        CommitId one = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "1"), base);
        CommitId two = commit(Map.of("workflows/a.json", "2", "workflows/b.json", "2"), one);

        List<ChangeOrigin> origins = repository.origins(Optional.of(base), two, List.of(range(base, two)), KINDS);

        assertThat(mergesByPath(origins))
                .containsEntry("workflows/a.json", List.of(two))
                .containsEntry("workflows/b.json", List.of(two));
    }

    @Test
    void merges_outside_the_range_are_ignored() {
        CommitId root = commit(Map.of("workflows/a.json", "0"));
        CommitId base = commit(Map.of("workflows/a.json", "1"), root);
        CommitId inside = commit(Map.of("workflows/a.json", "2"), base);
        CommitId later = commit(Map.of("workflows/a.json", "3"), inside);

        List<ChangeOrigin> origins = repository.origins(
                Optional.of(base),
                inside,
                List.of(range(root, base), range(base, inside), range(inside, later)),
                KINDS);

        assertThat(mergesByPath(origins)).containsEntry("workflows/a.json", List.of(inside));
    }

    @Test
    void what_touched_an_item_under_its_older_name_is_told_too() {
        String text = "a text that is long enough to be recognised\nover several lines\nwhen it is moved\n";
        CommitId base = commit(Map.of("workflows/old.json", text));
        CommitId edited = commit(Map.of("workflows/old.json", text + "edited\n"), base);
        CommitId moved = commit(Map.of("workflows/new.json", text + "edited\n"), edited);

        ChangeOrigin origin = onlyOrigin(repository.origins(
                Optional.of(base), moved, List.of(range(base, edited), range(edited, moved)), KINDS));

        assertThat(origin.change().id().path()).isEqualTo("workflows/new.json");
        assertThat(origin.merges()).containsExactly(moved, edited);
    }

    @Test
    void origins_from_nothing_reach_back_to_the_root() {
        CommitId root = commit(Map.of("workflows/a.json", "1"));
        CommitId next = commit(Map.of("workflows/a.json", "2"), root);

        ChangeOrigin origin = onlyOrigin(repository.origins(Optional.empty(), next, List.of(range(root, next)), KINDS));

        assertThat(origin.change()).isEqualTo(ItemChange.created(item("workflow", "workflows/a.json", "2")));
        assertThat(origin.merges()).containsExactly(next);
        assertThat(origin.direct()).containsExactly(root);
    }

    @Test
    void a_commit_is_reachable_from_itself_and_from_its_descendants_only() {
        CommitId root = commit(Map.of());
        CommitId left = commit(Map.of("a", "1"), root);
        CommitId right = commit(Map.of("b", "1"), root);
        CommitId merge = commit(Map.of("a", "1", "b", "1"), left, right);

        assertThat(repository.isAncestor(root, root)).isTrue();
        assertThat(repository.isAncestor(root, merge)).isTrue();
        assertThat(repository.isAncestor(right, merge)).isTrue();
        assertThat(repository.isAncestor(merge, right)).isFalse();
        assertThat(repository.isAncestor(left, right)).isFalse();
    }

    private static MergedRange range(CommitId base, CommitId merge) {
        return new MergedRange(base, merge);
    }

    private static ChangeOrigin onlyOrigin(List<ChangeOrigin> origins) {
        assertThat(origins).hasSize(1);
        return origins.get(0);
    }

    private static Map<String, List<CommitId>> mergesByPath(List<ChangeOrigin> origins) {
        Map<String, List<CommitId>> byPath = new HashMap<>();
        origins.forEach(origin -> byPath.put(origin.change().id().path(), origin.merges()));
        return byPath;
    }

    private static Map<String, List<CommitId>> directByPath(List<ChangeOrigin> origins) {
        Map<String, List<CommitId>> byPath = new HashMap<>();
        origins.forEach(origin -> byPath.put(origin.change().id().path(), origin.direct()));
        return byPath;
    }
}
