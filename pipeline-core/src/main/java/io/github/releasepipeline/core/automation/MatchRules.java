package io.github.releasepipeline.core.automation;

import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.source.MergedRange;
import io.github.releasepipeline.source.PullRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a merge is to be taken up, and by which rule. */
public final class MatchRules {
    /**
     * The rule that takes a merge up.
     *
     * @param rule the first that matches
     * @param passedOver labels of the others that match
     */
    public record Match(AutoChangeSetRule rule, List<String> passedOver) {
        /** Copies the list. */
        public Match {
            passedOver = List.copyOf(passedOver);
        }
    }

    private MatchRules() {}

    /** The first rule, in the order given, whose label the pull request has; and which others it passed over. */
    public static Optional<Match> match(List<AutoChangeSetRule> rules, List<String> labels) {
        List<AutoChangeSetRule> matching =
                rules.stream().filter(rule -> labels.contains(rule.label())).toList();
        return matching.isEmpty()
                ? Optional.empty()
                : Optional.of(new Match(
                        matching.get(0),
                        matching.stream().skip(1).map(AutoChangeSetRule::label).toList()));
    }

    /**
     * Whether a pull request, as it was just read, tells of a merge that is neither known nor history. A merge of what was
     * never seen open here is history if it is older than the pipeline, or was found before the repository was first read to
     * its end.
     *
     * @param known the pull request as it was read before
     * @param followedSince when the repository was first read; absent until it was read to its end
     */
    public static boolean isNewMerge(Optional<PullRequest> known, PullRequest fresh, Optional<Instant> followedSince) {
        if (!(fresh.progress() instanceof PullRequest.Progress.Merged now)) {
            return false;
        }
        Optional<CommitId> before = known.flatMap(PullRequest::merged).map(MergedRange::merge);
        boolean wasOpen = known.isPresent() && before.isEmpty();
        boolean isRecent =
                followedSince.filter(since -> !now.at().isBefore(since)).isPresent();
        boolean isKnown = before.equals(Optional.of(now.range().merge()));
        return wasOpen || (isRecent && !isKnown);
    }
}
