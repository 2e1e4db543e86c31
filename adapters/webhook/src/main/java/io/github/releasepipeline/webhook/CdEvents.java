package io.github.releasepipeline.webhook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.environment.EnvironmentEvent;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.source.PullRequestEvent;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.subject.DomainEvent;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import io.github.releasepipeline.version.VersionNumber;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * What CDEvents 0.5.0 has words for: what runs where, how environments change, how a release and its steps run, that a version
 * is available, that a change was merged. A release is a pipeline run and a step is a task run.
 */
final class CdEvents {
    private final URI source;
    private final String service;

    CdEvents(URI source, String service) {
        this.source = source;
        this.service = service;
    }

    /**
     * A CDEvent without its context.
     *
     * @param type with its version
     * @param subject id of what it is about
     * @param content what is said of it
     */
    record Said(String type, String subject, ObjectNode content) {
        static Said of(String type, String subject, ObjectNode content) {
            return new Said("dev.cdevents." + type + ".0.3.0", subject, content);
        }
    }

    /** The words for an event, if there are some. */
    Optional<Said> say(AuditRecord record, Snapshots now) {
        String id = record.subject().substring(record.subject().indexOf(':') + 1);
        DomainEvent event = record.event();
        if (event instanceof EnvironmentEvent environment) {
            return environment(environment, id);
        }
        if (event instanceof ReleaseEvent release) {
            return run(release, new ReleaseId(id), now);
        }
        if (event instanceof VersionEvent.Published) {
            return now.find(new VersionId(id)).map(stored -> published(stored.snapshot()));
        }
        return event instanceof PullRequestEvent.Merged
                ? Optional.of(Said.of("change.merged", id, Json.object()))
                : Optional.empty();
    }

    private Optional<Said> environment(EnvironmentEvent event, String name) {
        if (event instanceof EnvironmentEvent.Activated active) {
            return Optional.of(running("service.deployed", name, active.number(), active.manifest()));
        }
        if (event instanceof EnvironmentEvent.RolledBackTo active) {
            return Optional.of(running("service.rolledback", name, active.number(), active.manifest()));
        }
        boolean modified = event instanceof EnvironmentEvent.Degraded
                || event instanceof EnvironmentEvent.Repaired
                || event instanceof EnvironmentEvent.HoldPlaced
                || event instanceof EnvironmentEvent.HoldLifted;
        return modified
                ? Optional.of(
                        Said.of("environment.modified", name, Json.object().put("name", name)))
                : Optional.empty();
    }

    private Said running(String type, String environment, VersionNumber number, Digest manifest) {
        ObjectNode content = Json.object();
        content.putObject("environment").put("id", environment).put("source", source.toString());
        content.put("artifactId", purl(number, manifest));
        return Said.of(type, "service/" + service, content);
    }

    private Optional<Said> run(ReleaseEvent event, ReleaseId id, Snapshots now) {
        if (event instanceof ReleaseEvent.Queued) {
            return Optional.of(Said.of("pipelinerun.queued", id.value(), pipeline(id, now)));
        }
        if (event instanceof ReleaseEvent.AttemptStarted) {
            return Optional.of(Said.of("pipelinerun.started", id.value(), pipeline(id, now)));
        }
        if (event instanceof ReleaseEvent.Succeeded) {
            return Optional.of(Said.of(
                    "pipelinerun.finished", id.value(), pipeline(id, now).put("outcome", "success")));
        }
        if (event instanceof ReleaseEvent.Failed failed) {
            ObjectNode content =
                    pipeline(id, now).put("outcome", outcome(failed.failure())).put("errors", failed.message());
            return Optional.of(Said.of("pipelinerun.finished", id.value(), content));
        }
        return step(event, id);
    }

    private Optional<Said> step(ReleaseEvent event, ReleaseId id) {
        if (event instanceof ReleaseEvent.StepStarted started) {
            return Optional.of(task("taskrun.started", id, started.step(), Json.object()));
        }
        if (event instanceof ReleaseEvent.StepSucceeded done) {
            return Optional.of(
                    task("taskrun.finished", id, done.step(), Json.object().put("outcome", "success")));
        }
        return event instanceof ReleaseEvent.StepFailed failed
                ? Optional.of(task(
                        "taskrun.finished",
                        id,
                        failed.step(),
                        Json.object().put("outcome", outcome(failed.failure())).put("errors", failed.message())))
                : Optional.empty();
    }

    private Said task(String type, ReleaseId release, Step step, ObjectNode content) {
        String name = step.name().toLowerCase(Locale.ROOT).replace('_', '-');
        content.put("taskName", name);
        content.putObject("pipelineRun").put("id", release.value()).put("source", source.toString());
        return Said.of(type, release.value() + "/" + name, content);
    }

    private ObjectNode pipeline(ReleaseId id, Snapshots now) {
        ObjectNode content = Json.object();
        now.find(id)
                .ifPresent(stored -> content.put(
                        "pipelineName", service + " to " + stored.snapshot().environment()));
        return content;
    }

    private Said published(Version version) {
        ObjectNode content = Json.object().put("user", version.createdBy().id());
        return Said.of("artifact.published", purl(version.number(), version.manifest()), content);
    }

    private String purl(VersionNumber number, Digest manifest) {
        return "pkg:generic/" + service + "@" + number.tag().replace("+", "%2B") + "?checksum=sha256:" + manifest.hex();
    }

    private static String outcome(FailureKind kind) {
        return kind == FailureKind.FAILED ? "failure" : "error";
    }
}
