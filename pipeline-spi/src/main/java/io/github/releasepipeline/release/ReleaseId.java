package io.github.releasepipeline.release;

import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.subject.Text;

/** Identity of a release. */
public record ReleaseId(String value) implements SubjectId<Release> {
    /** Checks the text. */
    public ReleaseId {
        value = Text.line("A release id", value, 100);
    }

    @Override
    public String type() {
        return "release";
    }

    @Override
    public String toString() {
        return value;
    }
}
