package io.github.releasepipeline.gitea.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/** A commit: where it stands in time, what it holds, who wrote it and when. */
record FakeCommit(
        String sha,
        int place,
        List<String> parents,
        SortedMap<String, String> tree,
        String author,
        Instant authored,
        Instant committed,
        String message) {

    ObjectNode json(List<FakeGit.Change> files) {
        ObjectNode json = Json.object().put("sha", sha).put("created", committed.toString());
        json.putObject("commit")
                .put("message", message)
                .<ObjectNode>set("author", person(authored))
                .set("committer", person(committed));
        json.putNull("author");
        ArrayNode above = json.putArray("parents");
        parents.forEach(parent -> above.addObject().put("sha", parent));
        ArrayNode changed = json.putArray("files");
        files.forEach(file -> changed.addObject().put("filename", file.path()).put("status", "modified"));
        return json;
    }

    private ObjectNode person(Instant at) {
        return Json.object()
                .put("name", author)
                .put("email", author + "@example.org")
                .put("date", at.toString());
    }
}
