package io.github.releasepipeline.source;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.ItemChange;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.Manifest;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Port: the Git repository that holds the items: manifests, differences, origins of changes, tags, contents.
 *
 * <p>Called on the caller's thread and on deployment threads, never within a transaction of the store, by several threads
 * at once. Everything but {@link #createTag} only reads. A commit that is missing (shallow clone, not fetched) is an
 * {@code AdapterException} that names it and says how to get it.
 */
public interface ItemRepository {
    /**
     * The commit that a revision names: a branch, a tag (peeled), a full or abbreviated id.
     *
     * @throws NotFoundException if it names nothing
     */
    CommitId resolve(String revision);

    /** All items at a commit. A path belongs to the first kind whose glob matches it. */
    Manifest manifest(CommitId commit, List<ItemKind> kinds);

    /**
     * Net item changes between two commits, renames recognised; in canonical order of the path.
     *
     * @param from the older commit; empty for "from nothing"
     */
    List<ItemChange> changes(Optional<CommitId> from, CommitId to, List<ItemKind> kinds);

    /**
     * The net item changes between two commits, each with the merges that brought it, by ancestry: a merge brought a change
     * if a commit of its range touched the item.
     *
     * @param from the older commit; empty for "from nothing"
     * @param merges what merged pull requests brought; those outside the range are ignored
     */
    List<ChangeOrigin> origins(
            Optional<CommitId> from, CommitId to, Collection<MergedRange> merges, List<ItemKind> kinds);

    /** Whether a commit is reachable from another; a commit is reachable from itself. */
    boolean isAncestor(CommitId ancestor, CommitId descendant);

    /** All tags that point at commits, by name. */
    List<Tag> tags();

    /**
     * Creates an annotated tag if there is none of this name, locally and in the remote that tags are pushed to. Never
     * moves a tag. Safe to repeat: after a crash between the two places the second call completes the first.
     */
    TagOutcome createTag(TagRequest request);

    /**
     * The bytes of a file at a commit, as they are in Git, as a stream that does not hold the file in memory. The caller
     * closes it.
     *
     * @throws NotFoundException if there is no such file
     */
    InputStream open(CommitId commit, String path);
}
