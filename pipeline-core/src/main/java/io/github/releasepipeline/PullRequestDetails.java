package io.github.releasepipeline;

import io.github.releasepipeline.difference.NotedItem;
import io.github.releasepipeline.source.Activity;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestAction;
import java.util.List;

/**
 * All that the page of one pull request shows. Reviews and checks stand in the pull request; what the provider does not
 * tell is absent there and is no zero.
 *
 * @param pullRequest as it is now at the provider
 * @param description as typed; may contain anything
 * @param items what it changes, each with a note
 * @param activity oldest first
 * @param actions what whoever asks can do with it, and what not and why
 */
public record PullRequestDetails(
        PullRequest pullRequest,
        String description,
        List<NotedItem> items,
        List<Activity> activity,
        List<PullRequestAction> actions) {
    /** Copies the lists. */
    public PullRequestDetails {
        items = List.copyOf(items);
        activity = List.copyOf(activity);
        actions = List.copyOf(actions);
    }
}
