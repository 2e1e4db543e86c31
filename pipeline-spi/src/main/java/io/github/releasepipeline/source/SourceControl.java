package io.github.releasepipeline.source;

import io.github.releasepipeline.error.NotFoundException;
import java.util.Optional;

/**
 * Port: the pull requests of one repository.
 *
 * <p>Called on the caller's thread, never within a transaction of the store, possibly by several threads and nodes at
 * once. Expected refusals are values; an {@code AdapterException} means transport, credentials or quota. A returned
 * object is complete and never does input or output. Reviews and checks are those of the reported head commit.
 */
public interface SourceControl {
    /** The repository's name, stable over its life: {@code owner/name} or a path's last part. */
    String repository();

    /**
     * Pull requests that may have changed since a cursor. The first call has none and tells of all open pull requests and
     * of the merged ones that the provider still knows. Repeating a call with the same cursor loses nothing: pull requests
     * may be told twice, never left out.
     *
     * @param cursor where the last call ended; empty for the first
     * @param limit at most so many pull requests in the answer, at least 1
     * @throws IllegalArgumentException for a cursor that is not this repository's
     */
    PullRequestPage changedSince(Optional<String> cursor, int limit);

    /**
     * One pull request as it is now, with its activity.
     *
     * @throws NotFoundException if there is no such number
     */
    PullRequestDetail pullRequest(long number);

    /**
     * Merges a pull request if its head is still the expected one. Idempotent: merging again what was merged from the same
     * head answers {@link MergeOutcome.Merged}.
     *
     * @throws NotFoundException if there is no such number
     */
    MergeOutcome merge(MergeRequest request);
}
