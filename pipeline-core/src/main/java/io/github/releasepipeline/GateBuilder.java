package io.github.releasepipeline;

import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.target.SampledGate;
import java.time.Duration;
import java.util.Optional;

/**
 * Says how an environment uses a quality gate. Without a word it is asked once, or sampled as it wishes itself
 * ({@link SampledGate}). To say any of {@link #settle}, {@link #every}, {@link #greenFor} and {@link #timeout} is to have it
 * sampled; what is not said then is: no time to settle, every minute, one green sample is enough, at most half an hour.
 */
public final class GateBuilder {
    private final String name;
    private final Optional<Asking.Sampled> wish;
    private Duration freshFor = Duration.ZERO;
    private Optional<Duration> settle = Optional.empty();
    private Optional<Duration> every = Optional.empty();
    private Optional<Duration> greenFor = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();

    GateBuilder(QualityGate gate) {
        name = gate.name();
        wish = gate instanceof SampledGate sampled ? Optional.of(sampled.sampling()) : Optional.empty();
    }

    /** How long a judgement that passed counts when the release is tried again; not at all, unless said here. */
    public GateBuilder freshFor(Duration time) {
        freshFor = time;
        return this;
    }

    /** How long to wait before the first sample. */
    public GateBuilder settle(Duration time) {
        settle = Optional.of(time);
        return this;
    }

    /** How long to wait between two samples, at least a second. */
    public GateBuilder every(Duration time) {
        every = Optional.of(time);
        return this;
    }

    /** How long every sample has to pass. */
    public GateBuilder greenFor(Duration time) {
        greenFor = Optional.of(time);
        return this;
    }

    /** How long it may take in all; then the gate has failed if any sample has, and is inconclusive otherwise. */
    public GateBuilder timeout(Duration time) {
        timeout = Optional.of(time);
        return this;
    }

    GatePolicy policy() {
        return new GatePolicy(name, freshFor, isSamplingSaid() || wish.isPresent() ? sampled() : new Asking.Once());
    }

    /** Whether anything was said here. */
    boolean isUsageSaid() {
        return isSamplingSaid() || !freshFor.isZero();
    }

    private boolean isSamplingSaid() {
        return settle.isPresent() || every.isPresent() || greenFor.isPresent() || timeout.isPresent();
    }

    private Asking.Sampled sampled() {
        Asking.Sampled base = wish.orElse(Asking.Sampled.usual());
        return new Asking.Sampled(
                settle.orElse(base.settle()),
                every.orElse(base.every()),
                greenFor.orElse(base.greenFor()),
                timeout.orElse(base.timeout()));
    }
}
