package io.github.releasepipeline.source;

import io.github.releasepipeline.subject.DomainEvent;

/** What is done to a pull request through this library. What the provider reports is read, not recorded as an event. */
public sealed interface PullRequestEvent extends DomainEvent {
    /**
     * It was merged from here.
     *
     * @param head the head that was merged
     * @param range what the merge brought
     */
    record Merged(CommitId head, MergedRange range) implements PullRequestEvent {}

    /**
     * Its merge was ordered from here, and the provider merges later. That it was merged is read then.
     *
     * @param head the head that is to be merged
     * @param detail what the provider waits for, in its words
     */
    record MergeQueued(CommitId head, String detail) implements PullRequestEvent {}

    /**
     * Its checks were started again from here.
     *
     * @param head the commit they run on
     */
    record ChecksStarted(CommitId head) implements PullRequestEvent {}
}
