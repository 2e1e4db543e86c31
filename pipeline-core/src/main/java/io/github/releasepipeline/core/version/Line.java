package io.github.releasepipeline.core.version;

import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.item.PathGlob;
import io.github.releasepipeline.source.ChangeOrigin;
import io.github.releasepipeline.source.PullRequest;
import java.util.List;
import java.util.Optional;

/**
 * A line of versions and the items that they are made of.
 *
 * @param name the component's; empty for the repository's one line
 * @param paths which items belong to the component; empty for all
 */
public record Line(String name, List<PathGlob> paths) {
    /** The repository's one line, with all items. */
    public static final Line WHOLE = new Line("", List.of());

    /** Copies the list. */
    public Line {
        paths = List.copyOf(paths);
    }

    /** The items of this line. */
    Manifest of(Manifest manifest) {
        return paths.isEmpty()
                ? manifest
                : new Manifest(manifest.items().stream()
                        .filter(item -> holds(item.id().path()))
                        .toList());
    }

    /** The changes as this line sees them: what is moved into it is created, what is moved out of it is deleted. */
    List<ChangeOrigin> of(List<ChangeOrigin> origins) {
        return origins.stream()
                .flatMap(
                        origin -> of(origin.change())
                                .map(change -> new ChangeOrigin(change, origin.merges(), origin.direct()))
                                .stream())
                .toList();
    }

    /** Whether a pull request changes an item of this line. */
    boolean isTouchedBy(PullRequest pullRequest) {
        return pullRequest.items().stream().flatMap(ChangedItem::paths).anyMatch(this::holds);
    }

    private Optional<ItemChange> of(ItemChange change) {
        Optional<Item> before = change.before().filter(item -> holds(item.id().path()));
        Optional<Item> after = change.after().filter(item -> holds(item.id().path()));
        return before.isEmpty() && after.isEmpty() ? Optional.empty() : Optional.of(new ItemChange(before, after));
    }

    private boolean holds(String path) {
        return paths.isEmpty() || paths.stream().anyMatch(glob -> glob.matches(path));
    }
}
