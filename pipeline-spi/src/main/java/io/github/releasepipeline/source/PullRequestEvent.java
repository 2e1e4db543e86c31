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
     * Its checks were started again from here.
     *
     * @param head the commit they run on
     */
    record ChecksStarted(CommitId head) implements PullRequestEvent {}
}
