package io.github.releasepipeline.release;

import io.github.releasepipeline.policy.ApprovalRule;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Approvals that a release needs, and who could give them.
 *
 * @param rule how many, and of which group
 * @param candidates ids of the people who could, sorted; absent if nobody can list them: anyone may, or the group's members
 *     are not known
 * @param refused ids of people whose votes are refused, with the reason
 */
public record ApprovalNeed(ApprovalRule rule, Optional<List<String>> candidates, SortedMap<String, String> refused) {
    /** Copies the list. */
    public ApprovalNeed {
        candidates = candidates.map(List::copyOf);
    }

    /** Who could give them, in a clause for people. */
    public String who() {
        String except = refused.isEmpty() ? "" : ", but not " + String.join(", ", refused.keySet());
        return candidates
                .map(ids -> ids.isEmpty() ? "nobody" : String.join(", ", ids))
                .orElseGet(() ->
                        rule.group().map(group -> "members of " + group).orElse("anyone who may approve") + except);
    }
}
