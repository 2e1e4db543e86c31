package io.github.releasepipeline.gitea;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What the rule of a base branch asks for.
 *
 * @param approvals how many are needed; 0 without a rule, absent if it cannot be known
 * @param contexts globs of the statuses that have to pass
 * @param rejectionsBlock whether one request for changes holds up the merge
 * @param requestsBlock whether a review that was asked for and not given holds up the merge
 */
record Protection(Optional<Integer> approvals, List<String> contexts, boolean rejectionsBlock, boolean requestsBlock) {
    /** Nobody may tell us, or the branch is gone: rejections are taken seriously, nothing else is assumed. */
    static final Protection UNKNOWN = new Protection(Optional.empty(), List.of(), true, false);

    Protection {
        contexts = List.copyOf(contexts);
    }

    /** The part that everybody may read, with the branch. */
    static Protection of(JsonNode branch) {
        if (!branch.has("protected")) {
            return UNKNOWN;
        }
        return new Protection(approvals(branch), contexts(branch), true, false);
    }

    /** All of it, which only administrators may read. */
    static Protection ofRule(JsonNode rule) {
        return new Protection(
                approvals(rule),
                contexts(rule),
                !rule.has("block_on_rejected_reviews") || Fields.flag(rule, "block_on_rejected_reviews"),
                Fields.flag(rule, "block_on_official_review_requests"));
    }

    private static Optional<Integer> approvals(JsonNode node) {
        return node.path("required_approvals").canConvertToInt()
                        && node.path("required_approvals").isNumber()
                ? Optional.of(Math.max(0, node.path("required_approvals").intValue()))
                : Optional.empty();
    }

    private static List<String> contexts(JsonNode node) {
        return Fields.flag(node, "enable_status_check") ? Fields.texts(node.path("status_check_contexts")) : List.of();
    }
}
