package io.github.releasepipeline.release;

import io.github.releasepipeline.subject.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one quality gate has said in one execution of the step. A gate that is sampled says something several times: this is
 * its newest word, and what has to be known of the earlier ones.
 *
 * @param gate its name
 * @param verdict its newest judgement
 * @param summary one line, at most {@value #SUMMARY_LENGTH} characters
 * @param evidence numbers and links behind it, by name; at most {@value #EVIDENCE_ENTRIES}, of names of at most
 *     {@value #EVIDENCE_NAME_LENGTH} and texts of at most {@value #EVIDENCE_TEXT_LENGTH} characters
 * @param at when it was given; before the start of the step if an earlier judgement still counted
 * @param samples how often the gate has judged, at least once
 * @param failures how often it has said {@link GateVerdict#FAILED}
 * @param since since when it has said the newest verdict without a break
 */
public record GateRun(
        String gate,
        GateVerdict verdict,
        String summary,
        Map<String, String> evidence,
        Instant at,
        int samples,
        int failures,
        Instant since) {
    /** How long a summary may be. */
    public static final int SUMMARY_LENGTH = 1000;
    /** How many entries of evidence are kept. */
    public static final int EVIDENCE_ENTRIES = 50;
    /** How long the name of an entry may be. */
    public static final int EVIDENCE_NAME_LENGTH = 100;
    /** How long the text of an entry may be. */
    public static final int EVIDENCE_TEXT_LENGTH = 1000;

    /** Cuts off what is too long or too much, and leaves out what cannot be shown: a gate may say anything. */
    public GateRun {
        summary = Text.readableLine(Text.excerpt(summary, SUMMARY_LENGTH), SUMMARY_LENGTH);
        evidence = bounded(evidence);
    }

    /** A first judgement. */
    public static GateRun first(
            String gate, GateVerdict verdict, String summary, Map<String, String> evidence, Instant at) {
        return new GateRun(gate, verdict, summary, evidence, at, 1, verdict == GateVerdict.FAILED ? 1 : 0, at);
    }

    /** How long it has said the newest verdict without a break. */
    public Duration lasting() {
        return Duration.between(since, at);
    }

    private static Map<String, String> bounded(Map<String, String> evidence) {
        Map<String, String> kept = new TreeMap<>();
        evidence.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(EVIDENCE_ENTRIES)
                .forEach(entry -> kept.putIfAbsent(
                        Text.excerpt(entry.getKey(), EVIDENCE_NAME_LENGTH),
                        Text.excerpt(entry.getValue(), EVIDENCE_TEXT_LENGTH)));
        return Map.copyOf(kept);
    }
}
