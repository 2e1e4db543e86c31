package io.github.releasepipeline.core.release;

import io.github.releasepipeline.policy.ApprovalRule;
import io.github.releasepipeline.release.Approval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Whether votes satisfy rules: each vote counts for one rule at most, and is assigned so that most rules are satisfied. */
public final class Quorum {
    private final List<ApprovalRule> slots = new ArrayList<>();
    private final List<Approval> votes;
    private final int[] voteOfSlot;

    private Quorum(List<ApprovalRule> rules, List<Approval> votes) {
        this.votes = votes;
        for (ApprovalRule rule : rules) {
            for (int i = 0; i < rule.count(); i++) {
                slots.add(rule);
            }
        }
        voteOfSlot = new int[slots.size()];
        Arrays.fill(voteOfSlot, -1);
        for (int vote = 0; vote < votes.size(); vote++) {
            place(vote, new boolean[slots.size()]);
        }
    }

    /** What is still needed: each rule with the number of approvals it lacks; empty if all are satisfied. */
    public static List<ApprovalRule> lacking(List<ApprovalRule> rules, List<Approval> votes) {
        Quorum quorum = new Quorum(rules, votes);
        List<ApprovalRule> lacking = new ArrayList<>();
        int slot = 0;
        for (ApprovalRule rule : rules) {
            int missing = 0;
            for (int i = 0; i < rule.count(); i++) {
                missing += quorum.voteOfSlot[slot++] < 0 ? 1 : 0;
            }
            if (missing > 0) {
                lacking.add(new ApprovalRule(rule.group(), missing));
            }
        }
        return lacking;
    }

    /** Whether a voter in these groups counts for a rule. */
    static boolean counts(ApprovalRule rule, Set<String> groups) {
        return rule.group().map(groups::contains).orElse(true);
    }

    /** Maximum bipartite matching by augmenting paths (H. W. Kuhn, 1955). */
    private boolean place(int vote, boolean[] tried) {
        for (int slot = 0; slot < tried.length; slot++) {
            if (!tried[slot] && counts(slots.get(slot), votes.get(vote).groups())) {
                tried[slot] = true;
                if (voteOfSlot[slot] < 0 || place(voteOfSlot[slot], tried)) {
                    voteOfSlot[slot] = vote;
                    return true;
                }
            }
        }
        return false;
    }
}
