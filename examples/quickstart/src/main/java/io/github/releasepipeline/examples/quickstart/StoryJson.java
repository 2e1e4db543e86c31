package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ChangeSetRow;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.audit.AuditReport;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.json.AuditJson;
import io.github.releasepipeline.metrics.Figures;
import io.github.releasepipeline.metrics.MetricsReport;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Version;
import java.time.ZoneOffset;

/** The end of the story for programs. */
final class StoryJson {
    private final Ending ending;

    StoryJson(Ending ending) {
        this.ending = ending;
    }

    JsonObject document(DataFolder data) {
        return new JsonObject()
                .put("data", data.folder())
                .put("pull_requests", ending.view().pullRequests().rows(), StoryJson::pullRequest)
                .put("change_sets", ending.view().changeSets().rows(), this::changeSet)
                .put("versions", ending.view().versions().rows(), this::version)
                .put("releases", ending.view().releases().rows(), this::release)
                .put("metrics", metrics(ending.view().metrics()))
                .put("rollbacks", ending.rollbacks(), rollback -> JsonObject.parse(AuditJson.write(rollback)))
                .put("audit", audit(ending.audit()));
    }

    static JsonObject pullRequest(PullRequest pullRequest) {
        return new JsonObject()
                .put("number", pullRequest.number())
                .put("title", pullRequest.title())
                .put("author", pullRequest.author())
                .put("status", pullRequest.status())
                .put("changed_items", pullRequest.itemCounts().byKind())
                .put("checks_passed", pullRequest.checks().passed())
                .put("checks_total", pullRequest.checks().total())
                .put("labels", pullRequest.labels())
                .put("created_at", pullRequest.createdAt());
    }

    private JsonObject changeSet(ChangeSetRow row) {
        ChangeSet set = row.set();
        return new JsonObject()
                .put("id", set.id())
                .put("name", set.name())
                .put("pull_requests", set.pullRequests())
                .put("items_changed", row.itemsChanged().byKind())
                .put("created_by", set.createdBy().id())
                .put("status", set.state().kind());
    }

    private JsonObject version(Version version) {
        return new JsonObject()
                .put("id", version.id())
                .put("version", version.number().tag())
                .put(
                        "change_sets",
                        version.changeSets().stream()
                                .map(ending.lookups()::name)
                                .toList())
                .put("type", version.bump())
                .put("items_changed", version.changedItems().byKind())
                .put("items", version.items().byKind())
                .put("commit", version.commit())
                .put("manifest", version.manifest())
                .put("notes", version.notes())
                .put("created_by", version.createdBy().id())
                .put("created_at", version.createdAt())
                .put("status", version.state().kind());
    }

    private JsonObject release(Release release) {
        return new JsonObject()
                .put("id", release.id())
                .put("kind", release.kind())
                .put("version", release.number().tag())
                .put("environment", release.environment())
                .put("status", release.state().kind())
                .put("started_at", release.startedAt())
                .put("duration_seconds", release.took())
                .put("queue_wait_seconds", release.queuedFor())
                .put("approval_wait_seconds", release.approvedAfter())
                .put("deployed_by", release.deployedBy().map(Actor::id))
                .put(
                        "log",
                        ending.log(release).stream()
                                .map(line -> line.format(ZoneOffset.UTC))
                                .toList());
    }

    private static JsonObject metrics(MetricsReport metrics) {
        return new JsonObject()
                .put("open_prs", metrics.openPullRequests())
                .put("change_sets_ready", metrics.changeSetsReady())
                .put("versions_published", metrics.versionsPublished())
                .put("successful_deployments", metrics.successfulDeployments())
                .put("deployment_success_rate", metrics.deploymentSuccessRate().value())
                .put("time_to_deploy", spread(metrics.timeToDeploy()))
                .put("deployment_frequency", metrics.productionDeployments())
                .put("lead_time_for_changes", spread(metrics.leadTime()))
                .put("change_failure_rate", metrics.changeFailureRate().value())
                .put("failed_deployment_recovery_time", spread(metrics.recoveryTime()))
                .put("rollback_rate", metrics.rollbackRate().value())
                .put("approval_latency", spread(metrics.approvalLatency()));
    }

    private static JsonObject spread(Figures.Spread spread) {
        return new JsonObject()
                .put("mean_seconds", spread.mean())
                .put("median_seconds", spread.median())
                .put("p90_seconds", spread.p90())
                .put("sample", spread.sample());
    }

    private static JsonObject audit(AuditReport audit) {
        return new JsonObject()
                .put("intact", audit.intact())
                .put("subjects", audit.subjects())
                .put("records", audit.records())
                .put("problems", audit.problems());
    }
}
