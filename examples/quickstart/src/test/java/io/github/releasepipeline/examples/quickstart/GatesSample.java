package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.EnvironmentBuilder;
import io.github.releasepipeline.GateBuilder;
import io.github.releasepipeline.gates.ChecksGate;
import io.github.releasepipeline.gates.CommandGate;
import io.github.releasepipeline.gates.HttpCheck;
import io.github.releasepipeline.gates.ItemValidation;
import io.github.releasepipeline.source.CommitChecks;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;

/** The gates of {@code docs/gates.md}. */
final class GatesSample {
    private static final String AGENT_SCHEMA = "{\"type\": \"object\", \"required\": [\"name\", \"model\"]}";

    private static final String VALUE = "/data/result/0/value/1"; // of a query to Prometheus

    private final CommitChecks github;

    GatesSample(CommitChecks github) {
        this.github = github;
    }

    void production(EnvironmentBuilder env) {
        env.gateByPerson("Change board", "cab")
                .gate(ItemValidation.named("Item validation")
                        .kind("workflow", item -> item.graph())
                        .kind("agent", item -> item.schema(AGENT_SCHEMA)))
                .gate(
                        ChecksGate.of("Checks", github).requiring("build", "test"),
                        gate -> gate.every(Duration.ofSeconds(30)).timeout(Duration.ofMinutes(20)))
                .gate(
                        CommandGate.run("Security scan", "scanner", "--fail-on", "high", ".")
                                .within(Duration.ofMinutes(15)),
                        gate -> gate.freshFor(Duration.ofHours(4)))
                .gate(
                        HttpCheck.get("Error budget", URI.create("https://monitoring.example/budget"))
                                .json("/status", "OK"),
                        gate -> gate.every(Duration.ofSeconds(30))
                                .greenFor(Duration.ofMinutes(10))
                                .timeout(Duration.ofHours(1)));
    }

    void gradually(EnvironmentBuilder env, URI errorRate, URI latency) {
        env.canary(
                10,
                canary -> canary.gate(
                                HttpCheck.get("Error rate", errorRate).atMost(VALUE, new BigDecimal("0.01")),
                                GatesSample::tenMinutes)
                        .gate(
                                HttpCheck.get("Latency", latency).atMost(VALUE, new BigDecimal("0.250")),
                                GatesSample::tenMinutes)
                        .gateByPerson("Promote", "sre"));
    }

    private static void tenMinutes(GateBuilder gate) {
        gate.settle(Duration.ofMinutes(1)).every(Duration.ofSeconds(30)).greenFor(Duration.ofMinutes(10));
    }
}
