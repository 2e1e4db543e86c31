package io.github.releasepipeline.github;

import io.github.releasepipeline.source.CommitId;
import java.net.URI;
import java.util.Optional;

/**
 * What GitHub shall show of a release.
 *
 * @param release its id; there is one deployment for each
 * @param commit what is deployed
 * @param environment as GitHub shall name it
 * @param production whether users see it
 * @param state how far it is
 * @param description one line; cut at 140 characters
 * @param log where its log is shown
 */
public record MirroredDeployment(
        String release,
        CommitId commit,
        String environment,
        boolean production,
        State state,
        String description,
        Optional<URI> log) {
    /** GitHub's states. */
    public enum State {
        /** Waits for an approval or for its turn. */
        QUEUED,
        /** Runs. */
        IN_PROGRESS,
        /** Is active. */
        SUCCESS,
        /** The version is bad. */
        FAILURE,
        /** Something else went wrong. */
        ERROR,
        /** Was replaced or taken back. */
        INACTIVE
    }
}
