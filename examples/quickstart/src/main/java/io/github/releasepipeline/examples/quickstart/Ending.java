package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.PipelineView;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.audit.RollbackRecord;
import io.github.releasepipeline.json.AuditJson;
import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.store.PipelineFilter;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** How the story ends: the four tables, the figures, the newest rollback as it is audited, and the proof of it all. */
final class Ending {
    private static final int ROWS = 12;

    private final ActingPipeline pipeline;
    private final Lookups lookups;
    private final PipelineView view;
    private final List<RollbackRecord> rollbacks;
    private final AuditReport audit;

    Ending(ActingPipeline pipeline) {
        this.pipeline = pipeline;
        this.lookups = new Lookups(pipeline);
        this.view = pipeline.view(PipelineFilter.all(), ROWS, ZoneId.systemDefault());
        this.rollbacks = pipeline.audit().rollbacks();
        this.audit = pipeline.audit().verify();
    }

    void tell(Narrator narrator) {
        Tables tables = new Tables(Instant.now());
        narrator.chapter("The pipeline now");
        narrator.table("Pull Requests", tables.pullRequests(view.pullRequests().rows()));
        narrator.table("Change Sets", tables.changeSets(view.changeSets().rows()));
        narrator.table("Versions", tables.versions(view.versions().rows(), lookups));
        narrator.table("Releases", tables.releases(view.releases().rows()));
        narrator.table("Metrics", MetricsTable.of(view.metrics()));
        narrator.chapter("Audit");
        rollbacks.stream()
                .limit(1)
                .map(AuditJson::write)
                .forEach(json -> narrator.lines(JsonObject.parse(json).toString()));
        narrator.say((audit.intact() ? "✓ The audit chain is intact: " : "✗ The audit chain is broken: ")
                + audit.records() + " records of " + audit.subjects() + " subjects, " + audit.found() + " problems");
        audit.problems().forEach(narrator::say);
    }

    /** A broken chain is a fault of this program's database. */
    void requireIntact() {
        if (!audit.intact()) {
            throw new IllegalStateException("The audit chain is broken: " + audit.problems());
        }
    }

    Lookups lookups() {
        return lookups;
    }

    List<LogLine> log(Release release) {
        return pipeline.releases().log(release.id(), 0);
    }

    PipelineView view() {
        return view;
    }

    List<RollbackRecord> rollbacks() {
        return rollbacks;
    }

    AuditReport audit() {
        return audit;
    }
}
