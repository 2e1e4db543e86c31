package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.item.ItemCounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Tells people what a Git repository tells. */
final class GitReport {
    private final GitFacts facts;
    private final Instant now;

    GitReport(GitFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    void tell(Narrator narrator) {
        FirstParentLine line = facts.line();
        narrator.say("Repository " + facts.name() + ", branch " + line.branch() + " at "
                + line.tip().abbreviated() + " (" + Times.ago(line.at(), now) + "): "
                + number(line.commits().size()) + " commits on its first-parent line, " + number(line.merges())
                + " of them merges");
        pullRequests(narrator);
        next(narrator);
        versions(narrator);
        history(narrator);
    }

    private void pullRequests(Narrator narrator) {
        narrator.chapter(
                "Pull requests: " + number(facts.openCount()) + " open, " + number(facts.mergedCount()) + " merged");
        TextTable table = new Tables(now).pullRequests(facts.open());
        if (!table.isEmpty()) {
            narrator.table(table);
        }
        more(narrator, facts.open().size(), facts.openCount());
    }

    private void next(Narrator narrator) {
        GitFacts.Next next = facts.next();
        narrator.chapter("Next version: " + next.number());
        narrator.say(Tables.word(next.bump()) + ", because " + next.reason());
        narrator.say(next.counts() + " changed since "
                + next.since().map(GitFacts.Tagged::tag).orElse("the beginning") + " in "
                + number(next.pullRequests().size()) + " pull requests; " + number(next.direct())
                + " of the items also by commits outside of pull requests");
        TextTable table = new TextTable("PR #", "Title", "Author", "Changed Items", "Merged");
        next.pullRequests().stream()
                .limit(facts.rows())
                .forEach(pr ->
                        table.row("#" + pr.number(), pr.title(), pr.author(), pr.items(), Times.ago(pr.at(), now)));
        if (!table.isEmpty()) {
            narrator.table(table);
        }
        more(
                narrator,
                Math.min(facts.rows(), next.pullRequests().size()),
                next.pullRequests().size());
    }

    private void versions(Narrator narrator) {
        narrator.chapter("Versions: " + number(facts.versionCount()) + " tags are semantic versions");
        TextTable table = new TextTable("Version", "Commit", "Date", "Items", "Changed Items", "Since");
        facts.versions()
                .forEach(version -> table.row(
                        version.tag(),
                        version.commit().abbreviated(),
                        version.at().atZone(ZoneOffset.UTC).toLocalDate(),
                        version.items().map(ItemCounts::toString).orElse("-"),
                        version.changed().map(ItemCounts::toString).orElse("-"),
                        version.since().orElse("the beginning")));
        if (!table.isEmpty()) {
            narrator.table(table);
        }
        more(narrator, facts.versions().size(), facts.versionCount());
    }

    private void history(Narrator narrator) {
        GitFacts.History history = facts.history();
        narrator.chapter("Metrics");
        narrator.table(new TextTable("Metric", "Value", "Description")
                .row("Open PRs", facts.openCount(), "PRs awaiting review or merge")
                .row("Merged PRs", number(facts.mergedCount()), "Over all of the history")
                .row("Merge commits", number(facts.line().merges()), "On the first-parent line of the default branch")
                .row("Versions", number(facts.versionCount()), "Tags that are semantic versions")
                .row(
                        "Median time to merge",
                        history.medianTimeToMerge().map(Times::span).orElse("-"),
                        "From the first commit of a PR to its merge"
                                + history.p90TimeToMerge()
                                        .map(p90 -> " (p90 " + Times.span(p90) + ")")
                                        .orElse("")));
        TextTable months = new TextTable("Month", "Merged PRs", "Versions", "Median time to merge");
        history.months()
                .forEach(month -> months.row(
                        month.month(),
                        month.merged(),
                        month.versions(),
                        month.medianTimeToMerge().map(Times::span).orElse("-")));
        narrator.table(months);
    }

    private static void more(Narrator narrator, int shown, int all) {
        if (shown < all) {
            narrator.say("… and " + number(all - shown) + " more (--limit tells how many are shown)");
        }
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
