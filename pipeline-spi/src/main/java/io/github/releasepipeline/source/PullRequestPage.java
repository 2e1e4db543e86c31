package io.github.releasepipeline.source;

import java.util.List;

/**
 * One step of following a repository's pull requests.
 *
 * @param changed pull requests as they are now, each at most once
 * @param cursor where to go on; opaque, and valid for this repository only
 * @param complete whether nothing more is known to have changed; otherwise ask again with {@code cursor}
 */
public record PullRequestPage(List<PullRequest> changed, String cursor, boolean complete) {
    /** Copies the list. */
    public PullRequestPage {
        changed = List.copyOf(changed);
    }
}
