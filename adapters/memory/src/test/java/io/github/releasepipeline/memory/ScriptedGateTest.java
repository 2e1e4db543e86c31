package io.github.releasepipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.QualityGateContract;
import io.github.releasepipeline.tck.RecordingStepLog;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptedGateTest extends QualityGateContract {
    private static final GateContext CONTEXT = new GateContext(
            Sample.number(1, 0, 0),
            Sample.commit(1),
            Sample.STAGING,
            TextArtifacts.of(Map.of()),
            new RecordingStepLog());

    @Override
    protected QualityGate newGate() {
        return new ScriptedGate(
                "size",
                context -> context.artifacts().manifest().items().size() < 2
                        ? GateResult.passed("small enough")
                        : GateResult.failed("too many items"));
    }

    @Override
    protected Artifacts acceptable() {
        return TextArtifacts.of(Map.of("workflows/a.json", "1"));
    }

    @Override
    protected Artifacts unacceptable() {
        return TextArtifacts.of(Map.of("workflows/a.json", "1", "workflows/b.json", "2"));
    }

    @Test
    void orders_are_carried_out_once_in_the_order_given() {
        GateResult failed = GateResult.failed("no");
        IllegalStateException error = new IllegalStateException("on purpose");
        ScriptedGate gate = ScriptedGate.passing("lint").answerNext(failed).throwNext(error);

        assertThat(gate.evaluate(CONTEXT)).isEqualTo(failed);
        assertThatThrownBy(() -> gate.evaluate(CONTEXT)).isSameAs(error);
        assertThat(gate.evaluate(CONTEXT).verdict()).isEqualTo(GateVerdict.PASSED);
        assertThat(gate.judged()).containsExactly(CONTEXT, CONTEXT, CONTEXT);
    }
}
