package io.github.releasepipeline.target;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import java.util.List;

/** What came of a call to a target. */
public sealed interface StepOutcome {
    /**
     * Done.
     *
     * @param summary one line
     */
    record Done(String summary) implements StepOutcome {}

    /**
     * A backup is made.
     *
     * @param backup which
     */
    record BackedUp(Backup backup) implements StepOutcome {}

    /**
     * It said no, or did not work. Everything the call had begun was undone, but for {@code unrestored}.
     *
     * @param failure whether the version or the infrastructure is to blame
     * @param message one line
     * @param unrestored items that the call changed and could not put back
     */
    record Failed(FailureKind failure, String message, List<ItemId> unrestored) implements StepOutcome {
        /** Copies the list. */
        public Failed {
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
