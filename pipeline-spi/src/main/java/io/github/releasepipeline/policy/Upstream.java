package io.github.releasepipeline.policy;

import io.github.releasepipeline.subject.Spans;
import java.time.Duration;

/**
 * The environment a version has to succeed in first.
 *
 * @param environment its name
 * @param soak how long the version must have been active there, verified; at most {@link Spans#LONGEST}
 */
public record Upstream(EnvironmentName environment, Duration soak) {
    /** Checks the duration. */
    public Upstream {
        if (soak.isNegative()) {
            throw new IllegalArgumentException("A soak time is not negative: " + soak);
        }
        Spans.bounded("A soak time", soak);
    }
}
