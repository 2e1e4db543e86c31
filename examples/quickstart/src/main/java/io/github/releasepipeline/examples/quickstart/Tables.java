package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ChangeSetRow;
import io.github.releasepipeline.actor.Actor;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The four tables of the pipeline, in the words of its page. */
final class Tables {
    private final Instant now;

    /** @param now the time from which ages count */
    Tables(Instant now) {
        this.now = now;
    }

    TextTable pullRequests(List<PullRequest> rows) {
        TextTable table = new TextTable("PR #", "Title", "Author", "Status", "Changed Items", "Checks", "Created");
        rows.forEach(pr -> table.row(
                "#" + pr.number(),
                pr.title(),
                pr.author(),
                status(pr),
                pr.itemCounts(),
                pr.checks(),
                Times.ago(pr.createdAt(), now)));
        return table;
    }

    TextTable changeSets(List<ChangeSetRow> rows) {
        TextTable table = new TextTable("Change Set", "PRs", "Items Changed", "Created By", "Status");
        rows.forEach(row -> table.row(
                row.set().name(),
                row.set().pullRequests().size() + (row.set().pullRequests().size() == 1 ? " PR (" : " PRs (")
                        + row.set().pullRequests().stream()
                                .map(number -> "#" + number)
                                .collect(Collectors.joining(", "))
                        + ")",
                row.itemsChanged(),
                row.set().createdBy().id(),
                status(row.set())));
        return table;
    }

    TextTable versions(List<Version> rows, Lookups lookups) {
        TextTable table = new TextTable("Version", "Change Sets", "Type", "Items Included", "Created", "Status");
        rows.forEach(version -> table.row(
                version.number().tag(),
                version.changeSets().stream().map(lookups::name).collect(Collectors.joining(", ")),
                word(version.bump()),
                version.changedItems(),
                Times.ago(version.createdAt(), now),
                word(version.state().kind())));
        return table;
    }

    TextTable releases(List<Release> rows) {
        TextTable table = new TextTable("Version", "Environment", "Status", "Started", "Duration", "Deployed By");
        rows.forEach(release -> table.row(
                release.number().tag()
                        + release.rollbackOf().map(from -> " (rollback)").orElse(""),
                capital(release.environment().value()),
                status(release.state().kind()),
                release.startedAt().map(at -> Times.ago(at, now)).orElse("-"),
                release.took().map(Times::took).orElse("-"),
                release.deployedBy().map(Actor::id).orElse("-")));
        return table;
    }

    static String status(PullRequest pullRequest) {
        return switch (pullRequest.status()) {
            case APPROVED -> "✓ Approved";
            case REVIEW_REQUESTED -> "⏳ Review requested";
            case CHANGES_REQUESTED -> "✗ Changes requested";
            case DRAFT, OPEN, MERGED, CLOSED -> word(pullRequest.status());
        };
    }

    private static String status(ChangeSet set) {
        return set.state().kind() == ChangeSetState.Kind.READY
                ? "Ready to version"
                : word(set.state().kind());
    }

    static String status(ReleaseState.Kind kind) {
        return switch (kind) {
            case SUCCEEDED -> "✓ " + kind.label();
            case FAILED -> "✗ " + kind.label();
            case PENDING_APPROVAL -> "⏳ " + kind.label();
            default -> kind.label();
        };
    }

    /** {@code PENDING_REVIEW} as {@code Pending review}. */
    static String word(Enum<?> constant) {
        return capital(constant.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
