package io.github.releasepipeline.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.audit.ChainHead;
import io.github.releasepipeline.environment.ActiveVersion;
import io.github.releasepipeline.environment.Degradation;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.environment.Watch;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.memory.MemoryPipelineStore;
import io.github.releasepipeline.memory.SettableClock;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.QualityGateContract;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.version.VersionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SoakGateTest extends QualityGateContract {
    private static final Artifacts SOAKED = Judging.flow("{}");
    private static final Watch WATCH =
            new Watch(new ReleaseId("r-1"), Sample.NOW, Sample.NOW.plus(Duration.ofHours(2)));

    private final Judging judging = new Judging();
    private final SettableClock clock = SettableClock.at(Sample.NOW);
    private final MemoryPipelineStore store = new MemoryPipelineStore();
    private long revision;

    @BeforeEach
    void activate() {
        active(SOAKED.manifest().digest(), Optional.empty());
        clock.advance(Duration.ofMinutes(60));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected QualityGate newGate() {
        return SoakGate.in("Soak", "staging", Duration.ofHours(1), store, clock);
    }

    @Override
    protected Artifacts acceptable() {
        return SOAKED;
    }

    @Override
    protected Artifacts unacceptable() {
        return Judging.flow("{\"other\": 1}");
    }

    @Test
    void what_was_active_elsewhere_for_the_time_passes() {
        GateResult result = judging.ask(newGate(), SOAKED);
        assertThat(result.summary()).isEqualTo("Soak passed (active in staging for 1 hour)");
        assertThat(result.evidence())
                .containsEntry("since", Sample.NOW.toString())
                .containsEntry("release", "r-1");
    }

    @Test
    void what_was_active_for_less_fails_and_says_until_when() {
        clock.advance(Duration.ofNanos(-1));
        GateResult result = judging.ask(newGate(), SOAKED);
        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary())
                .isEqualTo("Soak failed: active in staging for less than 1 hour, until 2026-03-01T11:00:00Z");
    }

    @Test
    void other_items_do_not_count_under_the_same_number() {
        assertThat(judging.ask(newGate(), unacceptable()).summary())
                .isEqualTo("Soak failed: what v1.3.0 holds is not active in staging");
        assertThat(judging.ask(SoakGate.in("Soak", "nowhere", Duration.ZERO, store, clock), SOAKED)
                        .summary())
                .isEqualTo("Soak failed: what v1.3.0 holds is not active in nowhere");
    }

    @Test
    void an_environment_that_is_degraded_proves_nothing() {
        active(SOAKED.manifest().digest(), Optional.of(new Degradation("half restored", List.of(), Sample.NOW)));
        assertThat(judging.ask(newGate(), SOAKED).summary()).isEqualTo("Soak failed: staging is degraded");
    }

    @Test
    void what_is_still_watched_there_is_not_verified_yet() {
        active(SOAKED.manifest().digest(), Optional.empty(), Optional.of(WATCH), Optional.empty());
        assertThat(judging.ask(newGate(), SOAKED).summary())
                .isEqualTo("Soak failed: active in staging and watched there, not verified yet");
    }

    @Test
    void what_failed_while_it_was_watched_there_proves_nothing() {
        active(SOAKED.manifest().digest(), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(judging.ask(newGate(), SOAKED).summary())
                .isEqualTo("Soak failed: active in staging, but not verified there");
    }

    @Test
    void a_time_is_not_negative() {
        assertThatThrownBy(() -> SoakGate.in("Soak", "staging", Duration.ofSeconds(-1), store, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void active(Digest manifest, Optional<Degradation> degradation) {
        active(manifest, Optional.of(Sample.NOW), Optional.empty(), degradation);
    }

    private void active(
            Digest manifest, Optional<Instant> verified, Optional<Watch> watch, Optional<Degradation> degradation) {
        ActiveVersion version = new ActiveVersion(
                new VersionId("v-1"), Sample.number(1, 3, 0), manifest, new ReleaseId("r-1"), Sample.NOW, verified);
        Environment environment = new Environment(
                Sample.STAGING,
                Optional.of(version),
                List.of(),
                Optional.empty(),
                List.of(),
                1,
                Optional.empty(),
                degradation,
                watch);
        store.transact(session -> {
            session.save(environment.id(), new Stored<>(environment, revision + 1, ChainHead.empty()));
            return true;
        });
        revision++;
    }
}
