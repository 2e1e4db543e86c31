package io.github.releasepipeline.source;

import java.net.URI;
import java.util.Optional;

/**
 * Something that a person can do with a pull request, as a page offers it.
 *
 * @param kind what
 * @param link where to go, for what is done at the provider
 * @param refusal why it is not possible now; absent if it is
 */
public record PullRequestAction(Kind kind, Optional<URI> link, Optional<String> refusal) {
    /** The sorts of actions. */
    public enum Kind {
        /** Go to the provider and review. */
        REVIEW("Review"),
        /** Look at the differences of its items. */
        VIEW_CHANGES("View changes"),
        /** Have the checks of its head run again. */
        RUN_CHECKS("Run checks"),
        /** Merge it. */
        MERGE("Merge");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The words on the button. */
        public String label() {
            return label;
        }
    }

    /** Whether it is possible now. */
    public boolean allowed() {
        return refusal.isEmpty();
    }
}
