package io.github.releasepipeline.changeset;

import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.subject.Text;

/** Identity of a change set. */
public record ChangeSetId(String value) implements SubjectId<ChangeSet> {
    /** Checks the text. */
    public ChangeSetId {
        value = Text.line("A change set id", value, 100);
    }

    @Override
    public String type() {
        return "change-set";
    }

    @Override
    public String toString() {
        return value;
    }
}
