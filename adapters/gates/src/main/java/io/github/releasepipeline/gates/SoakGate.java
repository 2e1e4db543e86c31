package io.github.releasepipeline.gates;

import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.EnvironmentId;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A quality gate: exactly these items have been active in another environment for a time and are verified there, and it is
 * sound. What is still watched there has failed as what is not there for long enough: ask again later. Beside the one
 * environment that an environment comes after (whose soak time is part of its policy), this serves for any other. Immutable
 * and thread-safe.
 */
public final class SoakGate implements QualityGate {
    private final String name;
    private final EnvironmentName environment;
    private final Duration time;
    private final PipelineStore store;
    private final Clock clock;

    private SoakGate(String name, EnvironmentName environment, Duration time, PipelineStore store, Clock clock) {
        this.name = name;
        this.environment = environment;
        this.time = time;
        this.store = store;
        this.clock = clock;
    }

    /**
     * A gate that looks into the pipeline's own store.
     *
     * @param environment where
     * @param time how long
     * @param clock the pipeline's clock
     * @throws IllegalArgumentException if the time is negative or the environment's name is none
     */
    public static SoakGate in(String name, String environment, Duration time, PipelineStore store, Clock clock) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A soak time is not negative: " + time);
        }
        return new SoakGate(name, new EnvironmentName(environment), time, store, clock);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public GateResult evaluate(GateContext context) {
        Digest wanted = context.artifacts().manifest().digest();
        Optional<Environment> there =
                store.reader().find(new EnvironmentId(environment)).map(Stored::snapshot);
        Optional<ActiveVersion> active = there.flatMap(Environment::active)
                .filter(version -> version.manifest().equals(wanted));
        if (active.isEmpty()) {
            return GateResult.failed(
                    name + " failed: what " + context.version() + " holds is not active in " + environment);
        }
        Map<String, String> evidence = Map.of(
                "since", active.get().since().toString(),
                "release", active.get().release().toString());
        if (there.flatMap(Environment::degradation).isPresent()) {
            return GateResult.failed(name + " failed: " + environment + " is degraded")
                    .with(evidence);
        }
        if (active.get().verified().isEmpty()) {
            boolean watched = there.flatMap(Environment::watch).isPresent();
            return GateResult.failed(name + " failed: active in " + environment
                            + (watched ? " and watched there, not verified yet" : ", but not verified there"))
                    .with(evidence);
        }
        return soaked(active.get().since()).with(evidence);
    }

    private GateResult soaked(Instant since) {
        Duration active = Duration.between(since, clock.instant());
        if (active.compareTo(time) >= 0) {
            return GateResult.passed(name + " passed (active in " + environment + " for " + Spans.text(active) + ")");
        }
        return GateResult.failed(name + " failed: active in " + environment + " for less than " + Spans.text(time)
                + ", until " + since.plus(time));
    }
}
