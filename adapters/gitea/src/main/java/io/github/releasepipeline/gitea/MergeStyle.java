package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.releasepipeline.http.Json;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergeRequest;

/** The server's words for how to merge, and the order to do so. */
final class MergeStyle {
    private MergeStyle() {}

    /** The asked-for style, else the repository's own. */
    static String of(MergeRequest request, PullRow pull) {
        return request.method()
                .map(method -> switch (method) {
                    case MERGE -> "merge";
                    case SQUASH -> "squash";
                    case REBASE -> "rebase";
                })
                .or(pull::mergeStyle)
                .orElse("merge");
    }

    /** The order, in the words of the server's version. */
    static ObjectNode order(String style, CommitId head, ServerVersion version) {
        return Json.object()
                .put(version.writesMergeFieldsInLowerCase() ? "do" : "Do", style)
                .put("head_commit_id", head.hex());
    }
}
