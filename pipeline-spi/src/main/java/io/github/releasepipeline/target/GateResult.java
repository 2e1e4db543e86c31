package io.github.releasepipeline.target;

import java.util.Map;

/**
 * What a gate says.
 *
 * @param verdict its judgement
 * @param summary one line: {@code Workflow validation passed (2 workflows)}
 * @param evidence numbers and links behind it, by name
 */
public record GateResult(Verdict verdict, String summary, Map<String, String> evidence) {
    /** The sorts of judgements. */
    public enum Verdict {
        /** Good enough. */
        PASSED,
        /** Not good enough. */
        FAILED,
        /** Could not be judged; counts as an error of the infrastructure, not of the version. */
        INCONCLUSIVE
    }

    /** Copies the map. */
    public GateResult {
        evidence = Map.copyOf(evidence);
    }

    /** Good enough, without evidence. */
    public static GateResult passed(String summary) {
        return new GateResult(Verdict.PASSED, summary, Map.of());
    }

    /** Not good enough, without evidence. */
    public static GateResult failed(String summary) {
        return new GateResult(Verdict.FAILED, summary, Map.of());
    }
}
