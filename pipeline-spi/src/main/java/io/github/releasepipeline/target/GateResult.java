package io.github.releasepipeline.target;

import io.github.releasepipeline.release.GateVerdict;
import java.util.Map;
import java.util.Objects;

/**
 * What a gate says. Whatever is longer or more than a {@link io.github.releasepipeline.release.GateRun} holds is cut off when
 * it is stored.
 *
 * @param verdict its judgement
 * @param summary one line: {@code Workflow validation passed (2 workflows)}
 * @param evidence numbers and links behind it, by name; no secrets
 */
public record GateResult(GateVerdict verdict, String summary, Map<String, String> evidence) {
    /** Checks the parts and copies the map. */
    public GateResult {
        Objects.requireNonNull(verdict, "the answer of a gate lacks its verdict");
        Objects.requireNonNull(summary, "the answer of a gate lacks its summary");
        evidence = Map.copyOf(evidence);
    }

    /** Good enough, without evidence. */
    public static GateResult passed(String summary) {
        return new GateResult(GateVerdict.PASSED, summary, Map.of());
    }

    /** Not good enough, without evidence. */
    public static GateResult failed(String summary) {
        return new GateResult(GateVerdict.FAILED, summary, Map.of());
    }

    /** Could not be judged, without evidence. */
    public static GateResult inconclusive(String summary) {
        return new GateResult(GateVerdict.INCONCLUSIVE, summary, Map.of());
    }

    /** The same with evidence. */
    public GateResult with(Map<String, String> numbersAndLinks) {
        return new GateResult(verdict, summary, numbersAndLinks);
    }
}
