package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.json.ModelJson;
import java.util.List;

/** Automations, and which of them are under way. */
final class AutomationRows implements SnapshotRows<Automation> {
    @Override
    public Class<Automation> type() {
        return Automation.class;
    }

    @Override
    public String table() {
        return "automation";
    }

    @Override
    public Row columns(Automation automation) {
        return Row.of("merged_at", Micros.of(automation.mergedAt()))
                .and("state", automation.state().kind().name())
                .and("document", ModelJson.write(automation));
    }

    static List<Automation> underWay(Sql sql, String pipeline) {
        return sql.list(
                "select document from release_pipeline_automation where pipeline = :pipeline"
                        + " and state in ('VERSIONING', 'DEPLOYING') order by merged_at, id",
                Row.of("pipeline", pipeline),
                row -> ModelJson.read(Automation.class, row.getString(1)));
    }
}
