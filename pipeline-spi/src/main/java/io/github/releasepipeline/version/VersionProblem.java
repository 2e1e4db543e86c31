package io.github.releasepipeline.version;

/**
 * Something that is not as it was when a version was published.
 *
 * @param kind the sort of problem
 * @param text a sentence for people
 */
public record VersionProblem(Kind kind, String text) {
    /** The sorts of problems. */
    public enum Kind {
        /** There is no tag of the version's name any more. */
        TAG_MISSING,
        /** The tag points at another commit. */
        TAG_MOVED,
        /** The tag points at the right commit, and is not the one that was made when the version was published. */
        TAG_FOREIGN,
        /** The commit is not in the repository. */
        COMMIT_MISSING,
        /** An item is not in the repository, or its object cannot be read. */
        ITEM_MISSING,
        /** An item has other bytes. */
        ITEM_CHANGED,
        /** The store has lost the manifest. */
        MANIFEST_MISSING,
        /** The manifest in the store was altered. */
        MANIFEST_ALTERED
    }
}
