package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Deadline;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What merges brought to the base branch. A merge commit and a squash begin at their first parent. A rebase made several
 * commits of several: it begins before the oldest of them, which is found by going back as long as message and author's
 * date are those of a commit of the pull request.
 */
final class Ranges {
    private final Connection connection;
    private final Remembered<CommitId, MergedRange> known = new Remembered<>();

    Ranges(Connection connection) {
        this.connection = connection;
    }

    /**
     * A commit that a merge left at the top of the base branch.
     *
     * @param likeHead whether message and author's date are those of the head, as a rebase and a fast forward leave them
     */
    record Top(CommitId id, CommitId firstParent, int parents, boolean likeHead) {}

    MergedRange of(long number, Top top, long commits, Deadline deadline) {
        boolean one = top.parents > 1 || commits <= 1 || !top.likeHead;
        return one ? new MergedRange(top.firstParent, top.id) : rebased(number, top.id, deadline);
    }

    /** The same by REST, where only the top's id is known. */
    MergedRange of(long number, CommitId top, Deadline deadline) {
        return known.find(top).orElseGet(() -> {
            JsonNode commit = commit(top, deadline);
            JsonNode parents = commit.path("parents");
            return parents.size() > 1
                    ? new MergedRange(Fields.commit(parents.path(0), "sha"), top)
                    : rebased(number, top, deadline);
        });
    }

    private MergedRange rebased(long number, CommitId top, Deadline deadline) {
        Optional<MergedRange> before = known.find(top);
        if (before.isPresent()) {
            return before.get();
        }
        Set<String> own = new HashSet<>();
        connection
                .all(connection.get("/pulls/{}/commits", number), Optional.empty(), deadline)
                .forEach(commit -> own.add(mark(commit)));
        CommitId base = parent(commit(top, deadline));
        JsonNode at = own.size() > 1 ? commit(base, deadline) : Json.object();
        for (int i = 1; i < own.size() && own.contains(mark(at)); i++) {
            base = parent(at);
            at = commit(base, deadline);
        }
        return known.put(top, new MergedRange(base, top));
    }

    private JsonNode commit(CommitId id, Deadline deadline) {
        return connection.read(connection.get("/commits/{}", id), deadline);
    }

    private static CommitId parent(JsonNode commit) {
        return Fields.commit(commit.path("parents").path(0), "sha");
    }

    private static String mark(JsonNode commit) {
        JsonNode facts = commit.path("commit");
        return Json.text(facts.path("author"), "date").orElse("") + "\n"
                + Json.text(facts, "message").orElse("");
    }
}
