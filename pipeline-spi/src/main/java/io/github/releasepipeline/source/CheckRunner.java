package io.github.releasepipeline.source;

import java.util.Optional;

/**
 * Ability of a {@link SourceControl} that can run checks again. Called like the port itself.
 */
public interface CheckRunner {
    /**
     * Asks the provider to run the checks of a pull request again.
     *
     * @param number which
     * @param head the commit whose checks shall run; another head is refused
     * @return the reason why it was refused, or empty if the checks were started
     */
    Optional<String> runChecks(long number, CommitId head);
}
