package io.github.releasepipeline.environment;

import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.subject.SubjectId;

/** Identity of an environment's memory. */
public record EnvironmentId(EnvironmentName name) implements SubjectId<Environment> {
    @Override
    public String type() {
        return "environment";
    }

    @Override
    public String value() {
        return name.value();
    }
}
