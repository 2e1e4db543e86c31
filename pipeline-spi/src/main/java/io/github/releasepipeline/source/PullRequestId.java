package io.github.releasepipeline.source;

import io.github.releasepipeline.subject.SubjectId;

/**
 * Identity of a pull request.
 *
 * @param repository the repository's name as {@link SourceControl#repository()} gives it
 * @param number its number in that repository, above zero
 */
public record PullRequestId(String repository, long number) implements SubjectId<PullRequest> {
    /** Checks the number. */
    public PullRequestId {
        if (number <= 0) {
            throw new IllegalArgumentException("The number of a pull request is above zero, not " + number);
        }
    }

    @Override
    public String type() {
        return "pull-request";
    }

    @Override
    public String value() {
        return repository + "#" + number;
    }
}
