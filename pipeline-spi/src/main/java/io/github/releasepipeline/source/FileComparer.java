package io.github.releasepipeline.source;

import io.github.releasepipeline.difference.TextDifference;
import io.github.releasepipeline.error.NotFoundException;
import java.util.Optional;

/**
 * Ability of an {@link ItemRepository} to show what a proposal does to a file. Called like the port itself, and fails like
 * it for a commit that is missing.
 */
public interface FileComparer {
    /**
     * The newest commit that is reachable from both, where a branch left the other one. If there are several, any of them,
     * and the same at each call.
     *
     * @return empty for histories that have nothing in common
     */
    Optional<CommitId> mergeBase(CommitId one, CommitId other);

    /**
     * The size of a file in bytes.
     *
     * @throws NotFoundException if there is no such file
     */
    long size(FileAt file);

    /**
     * Compares two states of a file line by line. Binary files and files too large to be compared are answered with
     * {@link TextDifference.NotCompared}; time and memory stay bounded whatever is in them.
     *
     * @param before the older state; empty for a file that is new
     * @param after the newer state; empty for a file that is gone
     * @throws NotFoundException if there is no such file
     */
    TextDifference compareLines(Optional<FileAt> before, Optional<FileAt> after);
}
