package io.github.releasepipeline.gates;

import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.GateContext;
import io.github.releasepipeline.target.GateResult;
import io.github.releasepipeline.target.QualityGate;
import io.github.releasepipeline.tck.RecordingStepLog;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import java.util.Map;

/** Asks gates about v1.3.0 on its way to production. */
final class Judging {
    static final String FLOW = "workflows/a.json";

    final RecordingStepLog log = new RecordingStepLog();

    static Artifacts flow(String text) {
        return TextArtifacts.of(Map.of(FLOW, text));
    }

    GateResult ask(QualityGate gate, Artifacts artifacts) {
        return gate.evaluate(
                new GateContext(Sample.number(1, 3, 0), Sample.commit(1), Sample.PRODUCTION, artifacts, log));
    }

    GateResult ask(QualityGate gate) {
        return ask(gate, TextArtifacts.of(Map.of()));
    }
}
