package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Objects as GitHub's REST answers hold them, with all that its description requires. */
final class Shapes {
    static final String URL = "https://github.test/x";
    private static final String USER =
            "avatar_url followers_url html_url organizations_url received_events_url repos_url"
                    + " subscriptions_url url events_url following_url gists_url node_id starred_url gravatar_id";
    private static final String REPOSITORY =
            "archive_url assignees_url blobs_url branches_url collaborators_url comments_url commits_url compare_url"
                    + " contents_url contributors_url deployments_url downloads_url events_url forks_url"
                    + " git_commits_url git_refs_url git_tags_url hooks_url html_url node_id issue_comment_url"
                    + " issue_events_url issues_url keys_url labels_url languages_url merges_url milestones_url"
                    + " notifications_url pulls_url releases_url stargazers_url statuses_url subscribers_url"
                    + " subscription_url tags_url teams_url trees_url url clone_url git_url ssh_url svn_url";

    private Shapes() {}

    static @Nullable ObjectNode user(@Nullable String login) {
        return login == null
                ? null
                : urls(USER)
                        .put("login", login)
                        .put("id", 3_000_000_000L)
                        .put("type", "User")
                        .put("site_admin", false);
    }

    static ObjectNode repository(FakeGitHub fake) {
        ObjectNode repository = urls(REPOSITORY)
                .put("id", 5_000_000_000L)
                .put("name", "flows")
                .put("full_name", "acme/flows")
                .put("default_branch", "main")
                .put("allow_merge_commit", !fake.rules.forbiddenMethods.contains("merge"))
                .put("allow_squash_merge", !fake.rules.forbiddenMethods.contains("squash"))
                .put("allow_rebase_merge", !fake.rules.forbiddenMethods.contains("rebase"));
        String falses = "fork private has_downloads has_issues has_projects has_wiki has_pages has_discussions archived"
                + " disabled";
        for (String no : falses.split(" ")) {
            repository.put(no, false);
        }
        String zeros = "forks forks_count network_count open_issues open_issues_count size stargazers_count"
                + " subscribers_count watchers watchers_count";
        for (String zero : zeros.split(" ")) {
            repository.put(zero, 0);
        }
        for (String none : "description homepage language mirror_url license".split(" ")) {
            repository.putNull(none);
        }
        for (String time : "pushed_at created_at updated_at".split(" ")) {
            repository.put(time, "2026-01-01T00:00:00Z");
        }
        repository.set("owner", user("acme"));
        return repository;
    }

    static ObjectNode label(String name) {
        return Json.object()
                .put("id", 7_000_000_000L)
                .put("node_id", "L")
                .put("url", URL)
                .put("name", name)
                .put("description", "")
                .put("color", "ededed")
                .put("default", false);
    }

    static ObjectNode commit(FakeCommit commit) {
        ObjectNode json =
                urls("url html_url comments_url").put("sha", commit.id()).put("node_id", "C");
        ObjectNode facts = json.putObject("commit");
        facts.put("message", commit.message()).put("url", URL).put("comment_count", 0);
        facts.set("author", person(commit));
        facts.set("committer", person(commit));
        facts.putObject("tree").put("sha", commit.id()).put("url", URL);
        json.set("author", user(commit.author()));
        json.set("committer", user(commit.author()));
        commit.parents()
                .forEach(parent ->
                        json.withArray("parents").addObject().put("sha", parent).put("url", URL));
        if (commit.parents().isEmpty()) {
            json.putArray("parents");
        }
        return json;
    }

    private static ObjectNode person(FakeCommit commit) {
        return Json.object()
                .put("name", commit.author())
                .put("email", commit.author() + "@acme.test")
                .put("date", commit.date().toString());
    }

    // the timeline: each event in its own shape

    static JsonNode committed(FakeCommit commit) {
        ObjectNode json = Json.object()
                .put("event", "committed")
                .put("sha", commit.id())
                .put("node_id", "C")
                .put("url", URL)
                .put("html_url", URL)
                .put("message", commit.message());
        json.set("author", person(commit));
        json.set("committer", person(commit));
        json.putObject("tree").put("sha", commit.id()).put("url", URL);
        json.putArray("parents");
        json.putObject("verification")
                .put("verified", false)
                .put("reason", "unsigned")
                .putNull("signature")
                .putNull("payload")
                .putNull("verified_at");
        return json;
    }

    static JsonNode reviewed(FakePull.Review review) {
        ObjectNode json = Json.object()
                .put("event", "reviewed")
                .put("id", 9_000_000_000L)
                .put("node_id", "R")
                .put("body", "")
                .put("commit_id", review.commit())
                .put("submitted_at", review.at().toString())
                .put("state", review.state().toLowerCase(Locale.ROOT))
                .put("html_url", URL)
                .put("pull_request_url", URL)
                .put("author_association", review.association());
        json.set("user", user(review.reviewer()));
        ObjectNode links = json.putObject("_links");
        links.putObject("html").put("href", URL);
        links.putObject("pull_request").put("href", URL);
        return json;
    }

    static JsonNode event(String type, @Nullable String actor, Instant at) {
        ObjectNode json = Json.object()
                .put("event", type)
                .put("id", 4_000_000_000L)
                .put("node_id", "E")
                .put("url", URL)
                .putNull("commit_id")
                .putNull("commit_url")
                .put("created_at", at.toString());
        json.set("actor", actor == null ? null : user(actor));
        json.putNull("performed_via_github_app");
        return json;
    }

    static ObjectNode urls(String names) {
        ObjectNode json = Json.object();
        for (String name : names.split(" ")) {
            json.put(name, URL);
        }
        return json;
    }
}
