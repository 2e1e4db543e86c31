package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.release.GateRules;
import io.github.releasepipeline.core.release.StepRules;
import io.github.releasepipeline.policy.GatePolicy;
import io.github.releasepipeline.policy.GatePolicy.Asking;
import io.github.releasepipeline.release.GateRun;
import io.github.releasepipeline.release.GateVerdict;
import io.github.releasepipeline.release.LogEntry;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.subject.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the log says of a quality gate. */
public final class GateLines {
    private GateLines() {}

    static LogEntry.Level level(GatePolicy gate, GateRun run) {
        if (GateRules.hasPassed(gate, run)) {
            return LogEntry.Level.SUCCESS;
        }
        if (gate.asking() instanceof Asking.Sampled) {
            return run.verdict() == GateVerdict.PASSED ? LogEntry.Level.INFO : LogEntry.Level.WARNING;
        }
        return LogEntry.Level.ERROR;
    }

    static String text(GatePolicy gate, GateRun run) {
        if (!(gate.asking() instanceof Asking.Sampled sampled)) {
            return run.summary();
        }
        String green = run.verdict() != GateVerdict.PASSED
                ? ""
                : ", green for " + Spans.text(run.lasting()) + " of " + Spans.text(sampled.greenFor());
        return run.summary() + " (sample " + run.samples() + green + ")";
    }

    static String kept(GateRun run, Instant now) {
        return run.summary() + " (from " + Spans.text(Duration.between(run.at(), now)) + " ago)";
    }

    /** The line for a person's verdict, which the newest step of a release holds. */
    public static LogEntry verdict(Release release, String gate, Instant now) {
        GateRun run = GateRecords.said(release, gate).orElseThrow();
        LogEntry.Level level = run.verdict() == GateVerdict.PASSED ? LogEntry.Level.SUCCESS : LogEntry.Level.ERROR;
        return new LogEntry(
                release.id(),
                now,
                release.attempts().size(),
                Optional.of(StepRules.lastStep(release)),
                level,
                run.summary());
    }
}
