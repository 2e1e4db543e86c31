package io.github.releasepipeline.target;

import io.github.releasepipeline.subject.Text;
import java.util.Objects;

/** What a target knows of an earlier call. */
public sealed interface Probe {
    /** The call never arrived, or nothing of it remains; it may be repeated. */
    record NotDone() implements Probe {}

    /**
     * The call ended.
     *
     * @param outcome as it was answered then
     */
    record Ended(StepOutcome outcome) implements Probe {
        /** Checks that there is an outcome. */
        public Ended {
            Objects.requireNonNull(outcome, "a call that ended lacks its outcome");
        }
    }

    /**
     * The target cannot tell.
     *
     * @param why one line, at most {@value StepOutcome#TEXT_LENGTH} characters
     */
    record Unknown(String why) implements Probe {
        /** Cuts the text. */
        public Unknown {
            Objects.requireNonNull(why, "a target that cannot tell does not say why");
            why = Text.excerpt(why, StepOutcome.TEXT_LENGTH);
        }
    }
}
