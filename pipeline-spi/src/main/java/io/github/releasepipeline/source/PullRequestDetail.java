package io.github.releasepipeline.source;

import java.util.List;

/**
 * A pull request with what only its own page shows.
 *
 * @param pullRequest the summary, read at the same moment
 * @param description as typed
 * @param activity oldest first
 */
public record PullRequestDetail(PullRequest pullRequest, String description, List<Activity> activity) {
    /** Copies the list. */
    public PullRequestDetail {
        activity = List.copyOf(activity);
    }
}
