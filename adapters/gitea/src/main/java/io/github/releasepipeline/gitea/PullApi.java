package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.http.Call;
import io.github.releasepipeline.http.ChangedFile;
import io.github.releasepipeline.http.Reply;
import io.github.releasepipeline.source.CommitId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a server tells of a repository's pull requests. */
final class PullApi {
    private final Rest rest;
    private final String place;

    /** @param place the repository, for messages */
    PullApi(Rest rest, String place) {
        this.rest = rest;
        this.place = place;
    }

    /** A page of pull requests, newest change first. */
    PullPage page(String state, int page, int limit) {
        Call call = rest.call("GET", "/pulls")
                .query("state", state)
                .query("sort", "recentupdate")
                .query("page", page)
                .query("limit", limit);
        Reply reply = rest.send(call.asFresh().accept(404));
        if (reply.status() == 404) {
            throw AdapterException.lasting(
                    "There is no repository " + place + ", or the token may not see it, or it takes no pull requests",
                    null);
        }
        List<PullRow> rows = Fields.list(reply.json()).stream().map(PullRow::of).toList();
        long total = reply.header("x-total-count")
                .filter(count -> count.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .orElse(-1L);
        boolean last = total < 0 ? rows.size() < limit : (long) page * limit >= total;
        return new PullPage(rows, total, last || rows.isEmpty());
    }

    /** One pull request as it is now. */
    Optional<PullRow> pull(long number) {
        return rest.find(rest.call("GET", "/pulls/{}", number)).map(PullRow::of);
    }

    List<ReviewRow> reviews(long number) {
        return rest.all(rest.call("GET", "/pulls/{}/reviews", number)).stream()
                .map(ReviewRow::of)
                .toList();
    }

    List<ChangedFile> files(long number) {
        return rest.all(rest.call("GET", "/pulls/{}/files", number)).stream()
                .flatMap(row -> FileRow.of(row).stream())
                .toList();
    }

    List<JsonNode> timeline(long number) {
        return rest.all(rest.call("GET", "/issues/{}/timeline", number));
    }

    /** The newest status of each context of a commit. */
    List<StatusRow> statuses(CommitId commit) {
        return Statuses.latest(rest.all(rest.call("GET", "/commits/{}/status", commit), "statuses").stream()
                .map(StatusRow::of)
                .toList());
    }

    /** The commits of a pull request. */
    List<CommitRow> commits(long number) {
        return rest.all(brief(rest.call("GET", "/pulls/{}/commits", number))).stream()
                .map(CommitRow::of)
                .toList();
    }

    /** A commit and its newest ancestors, about so many. */
    List<CommitRow> log(CommitId from, int most) {
        int limit = Math.min(most, rest.pageSize());
        return Stream.iterate(1, page -> (page - 1) * limit < most, page -> page + 1)
                .flatMap(page -> Fields.list(rest.send(brief(rest.call("GET", "/commits"))
                                        .query("sha", from)
                                        .query("stat", false)
                                        .query("page", page)
                                        .query("limit", limit))
                                .json())
                        .stream())
                .map(CommitRow::of)
                .toList();
    }

    private static Call brief(Call commits) {
        return commits.query("verification", false).query("files", false);
    }

    /** The files that commits after one and up to another changed; empty if the server does not compare them. */
    Optional<List<String>> changedPaths(CommitId from, CommitId to) {
        return rest.find(rest.call("GET", "/compare/{}", from + "..." + to))
                .map(compared -> Fields.list(compared.path("commits")).stream()
                        .flatMap(commit -> Fields.list(commit.path("files")).stream())
                        .flatMap(file -> Fields.line(file, "filename").stream())
                        .distinct()
                        .toList());
    }

    /** What is asked of pull requests into a branch. */
    Protection protection(String branch) {
        Optional<JsonNode> found = rest.find(rest.call("GET", "/branches/{}", branch));
        Optional<JsonNode> rule = found.flatMap(json -> Fields.line(json, "effective_branch_protection_name"))
                .flatMap(name -> rest.find(rest.call("GET", "/branch_protections/{}", name)));
        return rule.map(Protection::ofRule).or(() -> found.map(Protection::of)).orElse(Protection.UNKNOWN);
    }
}
