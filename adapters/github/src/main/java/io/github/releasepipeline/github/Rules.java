package io.github.releasepipeline.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.releasepipeline.http.Json;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a base branch requires, by rules and by classic protection together.
 *
 * @param approvals how many; empty if it cannot be read
 * @param checks names of required checks
 */
record Rules(Optional<Integer> approvals, Set<String> checks) {
    /** Nothing is known. */
    static final Rules UNKNOWN = new Rules(Optional.empty(), Set.of());

    Rules {
        checks = Set.copyOf(checks);
    }

    /** From a GraphQL {@code Ref}, or null where the branch is gone. */
    static Rules ofRef(JsonNode ref) {
        if (!ref.isObject()) {
            return UNKNOWN;
        }
        Set<String> checks = new TreeSet<>();
        long approvals = Json.number(ref.path("refUpdateRule"), "requiredApprovingReviewCount")
                .orElse(0L);
        ref.path("refUpdateRule").path("requiredStatusCheckContexts").forEach(name -> checks.add(name.asText()));
        for (JsonNode rule : ref.path("rules").path("nodes")) {
            JsonNode parameters = rule.path("parameters");
            approvals = Math.max(
                    approvals,
                    Json.number(parameters, "requiredApprovingReviewCount").orElse(0L));
            parameters
                    .path("requiredStatusChecks")
                    .forEach(check -> Json.text(check, "context").ifPresent(checks::add));
        }
        return new Rules(Optional.of((int) approvals), checks);
    }

    /** From REST's rules of a branch; classic protection does not stand there, so zero is not known to be zero. */
    static Rules ofRest(JsonNode rules) {
        Set<String> checks = new TreeSet<>();
        long approvals = 0;
        for (JsonNode rule : rules) {
            JsonNode parameters = rule.path("parameters");
            approvals = Math.max(
                    approvals,
                    Json.number(parameters, "required_approving_review_count").orElse(0L));
            parameters
                    .path("required_status_checks")
                    .forEach(check -> Json.text(check, "context").ifPresent(checks::add));
        }
        return new Rules(approvals == 0 ? Optional.empty() : Optional.of((int) approvals), checks);
    }
}
