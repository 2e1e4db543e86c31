package io.github.releasepipeline.core.version;

import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.version.ChangeAttribution;
import java.util.ArrayList;
import java.util.List;

/** Names what rides along in a version. */
final class StowawayReport {
    private static final int LISTED = 20;

    private StowawayReport() {}

    static String text(Proposal proposal) {
        Attribution.Result attribution = proposal.attribution();
        List<String> lines = new ArrayList<>();
        for (long number : attribution.stowaways()) {
            PullRequest pr = proposal.pullRequests().get(number);
            lines.add("#" + number + (pr == null ? "" : " \"" + pr.title() + "\" by " + pr.author()));
        }
        for (ChangeAttribution change : attribution.unattributed()) {
            lines.add(change.change().id() + " changed outside of any pull request by commit "
                    + change.direct().get(0).abbreviated());
        }
        String more = lines.size() > LISTED ? ", and " + (lines.size() - LISTED) + " more" : "";
        return proposal.draft().number() + " would bring changes that are in none of its change sets: "
                + String.join("; ", lines.subList(0, Math.min(LISTED, lines.size()))) + more;
    }
}
