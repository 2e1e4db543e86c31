package io.github.releasepipeline.version;

import io.github.releasepipeline.subject.SubjectId;
import io.github.releasepipeline.subject.Text;

/** Identity of a version. */
public record VersionId(String value) implements SubjectId<Version> {
    /** Checks the text. */
    public VersionId {
        value = Text.line("A version id", value, 100);
    }

    @Override
    public String type() {
        return "version";
    }

    @Override
    public String toString() {
        return value;
    }
}
