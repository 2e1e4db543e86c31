package io.github.releasepipeline.figure;

import io.github.releasepipeline.policy.EnvironmentName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that counts. Of a subject there is at most one fact of each kind and part.
 *
 * @param kind what it says
 * @param subject reference of the release or version that it is a fact of
 * @param part tells several of a kind apart: the number of the pull request; empty if there is only one
 * @param environment where; empty for versions
 * @param at when, in microseconds: the instant that decides into which window it falls
 * @param took how long, in microseconds; zero where nothing is measured. Negative if a clock went back
 */
public record Fact(
        FactKind kind, String subject, String part, Optional<EnvironmentName> environment, Instant at, Duration took) {}
