package io.github.releasepipeline.source;

import io.github.releasepipeline.actor.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * An order to merge one pull request.
 *
 * @param number which
 * @param expectedHead the head commit that was reviewed; a moved head is refused
 * @param method how; absent for the provider's default
 * @param by who orders it
 * @param at when, also the time stamp of the merge commit where this library makes it
 */
public record MergeRequest(long number, CommitId expectedHead, Optional<Method> method, Actor by, Instant at) {
    /** How to merge. */
    public enum Method {
        /** A merge commit. */
        MERGE,
        /** One new commit. */
        SQUASH,
        /** Each commit again on top of the base branch. */
        REBASE
    }
}
