package io.github.releasepipeline.target;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.subject.Text;
import java.util.List;
import java.util.Objects;

/**
 * What came of a call to a target. Summaries and messages are shown to people and kept for ever: what is longer than
 * {@value #TEXT_LENGTH} characters is cut off, and what cannot be shown is left out. None of the parts may be null, so check the
 * message of an exception.
 */
public sealed interface StepOutcome {
    /** How long a summary or a message may be. */
    int TEXT_LENGTH = 4000;

    /**
     * Done.
     *
     * @param summary one line
     */
    record Done(String summary) implements StepOutcome {
        /** Cuts the summary. */
        public Done {
            Objects.requireNonNull(summary, "a step that is done lacks its summary");
            summary = Text.excerpt(summary, TEXT_LENGTH);
        }
    }

    /**
     * A backup is made.
     *
     * @param backup which
     */
    record BackedUp(Backup backup) implements StepOutcome {
        /** Checks that there is one. */
        public BackedUp {
            Objects.requireNonNull(backup, "a step that has made a backup lacks it");
        }
    }

    /**
     * It said no, or did not work. Everything the call had begun was undone, but for {@code unrestored}.
     *
     * @param failure whether the version or the infrastructure is to blame
     * @param message one line
     * @param unrestored items that the call changed and could not put back
     */
    record Failed(FailureKind failure, String message, List<ItemId> unrestored) implements StepOutcome {
        /** Cuts the message and copies the list. */
        public Failed {
            Objects.requireNonNull(failure, "a step that failed lacks the sort of its failure");
            Objects.requireNonNull(message, "a step that failed lacks its message");
            message = Text.excerpt(message, TEXT_LENGTH);
            unrestored = List.copyOf(unrestored);
        }
    }

    /**
     * Refused, because a newer worker has taken over. Nothing was done.
     *
     * @param newestToken the newest token the target has seen
     */
    record Fenced(long newestToken) implements StepOutcome {}
}
