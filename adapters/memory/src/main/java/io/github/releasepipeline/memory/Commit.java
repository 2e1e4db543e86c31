package io.github.releasepipeline.memory;

import io.github.releasepipeline.source.CommitId;
import java.time.Instant;
import java.util.List;

/**
 * A commit.
 *
 * @param id its id
 * @param number its place among all commits; parents have smaller ones
 * @param parents first parent first
 * @param tree all files by path
 * @param at when it was made
 */
record Commit(CommitId id, long number, List<CommitId> parents, Sorted<String, Blob> tree, Instant at) {
    Commit {
        parents = List.copyOf(parents);
    }
}
