package io.github.releasepipeline.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.notify.Bulletin;
import io.github.releasepipeline.notify.Severity;
import io.github.releasepipeline.release.Attempt;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.release.StepRun;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/** What stands in Slack: text for notifications, and blocks. */
final class Message {
    private Message() {}

    /** How a release stands now. */
    static ObjectNode ofRelease(Bulletin bulletin, Release release, Optional<URI> link, boolean asking) {
        ArrayNode blocks = Json.array();
        blocks.add(Blocks.header(mark(release) + " " + bulletin.headline()));
        blocks.add(Blocks.fields(fields(bulletin)));
        release.lastAttempt().ifPresent(attempt -> blocks.add(Blocks.section(steps(release, attempt))));
        if (asking && release.state() instanceof ReleaseState.PendingApproval) {
            blocks.add(Question.block(release));
        }
        link.ifPresent(page -> blocks.add(Blocks.link(page)));
        return message(bulletin.headline() + ": " + bulletin.status(), blocks);
    }

    /** What happened, once. */
    static ObjectNode ofEvent(Bulletin bulletin, Optional<URI> link) {
        ArrayNode blocks = Json.array();
        blocks.add(Blocks.header((bulletin.severity() == Severity.ALERT ? "🚨 " : "") + bulletin.headline()));
        blocks.add(Blocks.section(bulletin.happened()));
        if (!bulletin.facts().isEmpty()) {
            blocks.add(Blocks.fields(fields(bulletin)));
        }
        link.ifPresent(page -> blocks.add(Blocks.link(page)));
        return message(bulletin.headline() + ": " + bulletin.happened(), blocks);
    }

    /** A line of a release's thread. */
    static ObjectNode ofMilestone(Bulletin bulletin) {
        String line = (bulletin.severity() == Severity.ALERT ? "🚨 " : "") + bulletin.happened();
        return message(line, Json.array().add(Blocks.section(line)));
    }

    private static ObjectNode message(String text, ArrayNode blocks) {
        ObjectNode message = Json.object()
                .put("text", Blocks.fallback(text))
                .put("parse", "none")
                .put("link_names", false)
                .put("unfurl_links", false)
                .put("unfurl_media", false);
        message.set("blocks", blocks);
        return message;
    }

    private static ArrayNode fields(Bulletin bulletin) {
        ArrayNode fields = Json.array();
        bulletin.facts().stream()
                .limit(Blocks.FIELDS)
                .forEach(fact -> fields.add(Blocks.field(fact.name(), fact.value())));
        return fields;
    }

    private static String steps(Release release, Attempt attempt) {
        return release.steps().stream().map(step -> line(step, attempt)).collect(Collectors.joining("\n"));
    }

    private static String line(Step step, Attempt attempt) {
        Optional<StepRun> run = attempt.steps().stream()
                .filter(candidate -> candidate.step() == step)
                .reduce((first, second) -> second);
        String mark = run.map(found -> switch (found.status()) {
                    case RUNNING -> "▶ ";
                    case SUCCEEDED -> "✓ ";
                    case FAILED -> "✗ ";
                    case UNKNOWN -> "? ";
                })
                .orElse("· ");
        String took = run.flatMap(StepRun::took)
                .map(time -> " (" + time.toSeconds() + " s)")
                .orElse("");
        return mark + step.label() + took;
    }

    private static String mark(Release release) {
        return switch (release.state().kind()) {
            case PENDING_APPROVAL, READY, QUEUED -> "⏳";
            case IN_PROGRESS -> "🚀";
            case PAUSED -> "⏸";
            case SUCCEEDED -> release.kind() == ReleaseKind.ROLLBACK ? "↩" : "✅";
            case FAILED -> "❌";
            case ROLLED_BACK -> "↩";
            case REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> "🚫";
        };
    }
}
