package io.github.releasepipeline.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link QualityGate} does. A test of a gate extends it and tells two versions apart: one that the gate accepts
 * and one that it does not.
 */
public abstract class QualityGateContract {
    /** For subclasses. */
    protected QualityGateContract() {}

    /** The gate under test. */
    protected abstract QualityGate newGate();

    /** A version that is good enough for the gate. */
    protected abstract Artifacts acceptable();

    /** A version that is not good enough for the gate. */
    protected abstract Artifacts unacceptable();

    @Test
    void its_name_is_one_line_and_stays_the_same() {
        QualityGate gate = newGate();

        assertThat(gate.name()).isNotBlank().doesNotContain("\n").isEqualTo(gate.name());
        assertThat(newGate().name()).isEqualTo(gate.name());
    }

    @Test
    void its_name_fits_into_a_policy() {
        String name = newGate().name();

        assertThat(GatePolicy.once(name).name()).isEqualTo(name);
    }

    @Test
    void what_it_says_can_be_kept_whole() {
        for (Artifacts version : List.of(acceptable(), unacceptable())) {
            GateResult said = evaluate(newGate(), version);
            GateRun kept = GateRun.first("gate", said.verdict(), said.summary(), said.evidence(), Instant.EPOCH);
            assertThat(kept.summary()).isEqualTo(said.summary());
            assertThat(kept.evidence()).isEqualTo(said.evidence());
        }
    }

    @Test
    void several_threads_may_ask_it_at_once() {
        QualityGate gate = newGate();
        Artifacts version = acceptable();

        assertThat(IntStream.range(0, 4)
                        .parallel()
                        .mapToObj(i -> evaluate(gate, version).verdict()))
                .containsOnly(GateVerdict.PASSED);
    }

    @Test
    void a_version_that_is_good_enough_passes_with_one_line_of_summary() {
        GateResult result = evaluate(newGate(), acceptable());

        assertThat(result.verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(result.summary()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void a_version_that_is_not_good_enough_fails_and_the_summary_tells_why() {
        GateResult result = evaluate(newGate(), unacceptable());

        assertThat(result.verdict()).isEqualTo(GateVerdict.FAILED);
        assertThat(result.summary()).isNotBlank().doesNotContain("\n");
    }

    @Test
    void judging_again_gives_the_same_verdict() {
        QualityGate gate = newGate();
        List<GateVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            verdicts.add(evaluate(gate, acceptable()).verdict());
            verdicts.add(evaluate(gate, unacceptable()).verdict());
        }

        assertThat(verdicts)
                .containsExactly(
                        GateVerdict.PASSED,
                        GateVerdict.FAILED,
                        GateVerdict.PASSED,
                        GateVerdict.FAILED,
                        GateVerdict.PASSED,
                        GateVerdict.FAILED);
    }

    @Test
    void every_item_that_is_opened_is_closed() {
        for (Artifacts version : List.of(acceptable(), unacceptable())) {
            Counting counting = new Counting(version);
            assertThat(evaluate(newGate(), counting).verdict()).isNotEqualTo(GateVerdict.INCONCLUSIVE);
            assertThat(counting.open).hasValue(0);
        }
    }

    private static GateResult evaluate(QualityGate gate, Artifacts artifacts) {
        return gate.evaluate(new GateContext(
                Sample.number(1, 3, 0), Sample.commit(1), Sample.PRODUCTION, artifacts, new RecordingStepLog()));
    }

    /** Counts the streams that are open. */
    private record Counting(Artifacts artifacts, AtomicInteger open) implements Artifacts {
        Counting(Artifacts artifacts) {
            this(artifacts, new AtomicInteger());
        }

        @Override
        public Manifest manifest() {
            return artifacts.manifest();
        }

        @Override
        public List<ItemOperation> operations() {
            return artifacts.operations();
        }

        @Override
        public InputStream open(ItemId item) {
            open.incrementAndGet();
            return new FilterInputStream(artifacts.open(item)) {
                private boolean closed;

                @Override
                public void close() throws IOException {
                    super.close();
                    if (!closed) {
                        closed = true;
                        open.decrementAndGet();
                    }
                }
            };
        }
    }
}
