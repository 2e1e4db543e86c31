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
        attribution.unattributed().forEach(change -> lines.add(direct(change)));
        return proposal.draft().number() + " would bring changes that are in none of its change sets: "
                + listed(lines, "; ");
    }

    /** The description of the set that takes what rides along. */
    static String adopted(List<ChangeAttribution> unattributed) {
        return unattributed.isEmpty()
                ? "Changes that rode along"
                : "Changes that rode along, and these:\n"
                        + listed(
                                unattributed.stream()
                                        .map(StowawayReport::direct)
                                        .toList(),
                                "\n");
    }

    private static String direct(ChangeAttribution change) {
        return change.change().id() + " changed outside of any pull request by commit "
                + change.direct().get(0).abbreviated();
    }

    private static String listed(List<String> lines, String separator) {
        String more = lines.size() > LISTED ? ", and " + (lines.size() - LISTED) + " more" : "";
        return String.join(separator, lines.subList(0, Math.min(LISTED, lines.size()))) + more;
    }
}
