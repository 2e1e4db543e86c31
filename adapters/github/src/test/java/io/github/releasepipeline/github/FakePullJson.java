package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import org.jspecify.annotations.Nullable;

/** A pull request in REST: as entries of lists are, and as its own page is. */
final class FakePullJson {
    private final FakeGitHub fake;

    FakePullJson(FakeGitHub fake) {
        this.fake = fake;
    }

    ObjectNode simple(FakePull pull) {
        ObjectNode json = Shapes.urls("comments_url commits_url diff_url issue_url patch_url review_comments_url"
                        + " statuses_url url review_comment_url")
                .put("html_url", "https://github.test/acme/flows/pull/" + pull.number)
                .put("id", 8_000_000_000L + pull.number)
                .put("node_id", "PR_" + pull.number)
                .put("number", pull.number)
                .put("state", pull.open() ? "open" : "closed")
                .put("locked", false)
                .put("title", pull.title)
                .put("body", pull.body)
                .put("draft", pull.draft)
                .put("created_at", pull.createdAt.toString())
                .put("updated_at", pull.updatedAt.toString())
                .put("closed_at", text(pull.endedAt))
                .put("merged_at", pull.state.equals("MERGED") ? text(pull.endedAt) : null)
                // Before the merge it is a commit that GitHub only tries out.
                .put("merge_commit_sha", pull.mergeCommit != null ? pull.mergeCommit : FakeCommit.sha1("test"))
                .put("author_association", "MEMBER");
        ObjectNode user = Shapes.user(pull.author);
        json.set("user", user != null && pull.bot ? user.put("login", pull.author + "[bot]") : user);
        ArrayNode labels = json.putArray("labels");
        pull.labels.forEach(label -> labels.add(Shapes.label(label)));
        for (String none : "milestone assignee auto_merge".split(" ")) {
            json.putNull(none);
        }
        json.putArray("requested_reviewers");
        if (pull.reviewRequested) {
            json.withArray("requested_reviewers").add(Shapes.user("dave"));
        }
        json.putArray("requested_teams");
        json.set("base", side(pull.base, pull.fork));
        json.set("head", side("topic", pull.head()));
        ObjectNode links = json.putObject("_links");
        for (String link : "comments commits statuses html issue review_comments review_comment self".split(" ")) {
            links.putObject(link).put("href", Shapes.URL);
        }
        return json;
    }

    ObjectNode of(FakePull pull) {
        ObjectNode json = simple(pull)
                .put("merged", pull.state.equals("MERGED"))
                .put("mergeable", pull.open() ? fake.merged(pull).isPresent() : null)
                .put("mergeable_state", "unknown")
                .put("maintainer_can_modify", false)
                .put("additions", 1)
                .put("deletions", 0)
                .put("comments", 0)
                .put("review_comments", 0)
                .put("commits", pull.commits.size())
                .put("changed_files", fake.files(pull).size());
        json.set("merged_by", pull.mergedBy == null ? null : Shapes.user(pull.mergedBy));
        return json;
    }

    private ObjectNode side(String ref, String sha) {
        ObjectNode side =
                Json.object().put("label", "acme:" + ref).put("ref", ref).put("sha", sha);
        side.set("repo", Shapes.repository(fake));
        side.set("user", Shapes.user("acme"));
        return side;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
