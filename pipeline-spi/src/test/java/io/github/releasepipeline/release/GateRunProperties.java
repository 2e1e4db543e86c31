package io.github.releasepipeline.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class GateRunProperties {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void whatever_a_gate_says_is_one_line_and_the_same_when_it_is_read_back(
            @ForAll String summary, @ForAll Map<String, String> evidence) {
        GateRun run = GateRun.first("scan", GateVerdict.PASSED, summary, evidence, NOW);
        assertThat(run.summary().codePoints()).noneMatch(Character::isISOControl);
        assertThat(GateRun.first("scan", GateVerdict.PASSED, run.summary(), run.evidence(), NOW))
                .isEqualTo(run);
    }

    @Example
    void what_is_too_long_or_too_much_is_cut_off() {
        Map<String, String> evidence = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            evidence.put(String.format("%02d", i) + "k".repeat(200), "v".repeat(2000));
        }
        GateRun run = GateRun.first("scan", GateVerdict.FAILED, "s".repeat(2000), evidence, NOW);
        assertThat(run.summary()).hasSize(1000).endsWith("s…");
        assertThat(run.evidence()).hasSize(50).doesNotContainKey("50" + "k".repeat(97) + "…");
        assertThat(run.evidence().get("49" + "k".repeat(97) + "…"))
                .hasSize(1000)
                .endsWith("v…");
    }

    @Example
    void what_just_fits_is_kept_whole() {
        GateRun run = GateRun.first(
                "scan", GateVerdict.PASSED, "s".repeat(1000), Map.of("k".repeat(100), "v".repeat(1000)), NOW);
        assertThat(run.summary()).isEqualTo("s".repeat(1000));
        assertThat(run.evidence()).containsExactly(Map.entry("k".repeat(100), "v".repeat(1000)));
    }

    @Example
    void a_first_judgement_counts_as_failure_if_it_is_one() {
        assertThat(GateRun.first("scan", GateVerdict.FAILED, "", Map.of(), NOW).failures())
                .isEqualTo(1);
        assertThat(GateRun.first("scan", GateVerdict.INCONCLUSIVE, "", Map.of(), NOW)
                        .failures())
                .isZero();
        GateRun lasting = new GateRun("scan", GateVerdict.PASSED, "", Map.of(), NOW.plusSeconds(7), 3, 1, NOW);
        assertThat(lasting.lasting()).isEqualTo(Duration.ofSeconds(7));
    }

    @Example
    void a_step_knows_the_newest_judgement_of_each_gate() {
        GateRun older = GateRun.first("scan", GateVerdict.FAILED, "no", Map.of(), NOW);
        GateRun newer = GateRun.first("scan", GateVerdict.PASSED, "yes", Map.of(), NOW);
        GateRun other = GateRun.first("tests", GateVerdict.PASSED, "yes", Map.of(), NOW);
        StepRun step = StepRun.begun(Step.QUALITY_GATES, "k", NOW)
                .judged(other)
                .judged(older)
                .judged(newer);
        assertThat(step.gates()).containsExactly(other, newer);
        assertThat(step.gate("scan")).contains(newer);
        assertThat(step.gate("lint")).isEmpty();
    }
}
