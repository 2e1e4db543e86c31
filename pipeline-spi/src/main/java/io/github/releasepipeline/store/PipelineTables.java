package io.github.releasepipeline.store;

import io.github.releasepipeline.automation.Automation;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.Version;
import java.util.List;
import java.util.Set;

/**
 * The four tables, newest first: by creation, and of those created at one instant the one with the greatest id first (pull
 * requests by their number, others by the bytes of the id, not by a language's order). Pages are keyset pages: rows that
 * are added meanwhile never make a later page repeat or skip a row.
 *
 * <p>Each method throws {@link IllegalArgumentException} for a page request whose {@code after} it did not hand out.
 */
public interface PipelineTables {
    /** Pull requests that touch at least one item. */
    Page<PullRequest> pullRequests(PipelineFilter filter, PageRequest page);

    /** Change sets. */
    Page<ChangeSet> changeSets(PipelineFilter filter, PageRequest page);

    /** Versions, discarded ones only when the filter names that state. */
    Page<Version> versions(PipelineFilter filter, PageRequest page);

    /** Releases. */
    Page<Release> releases(PipelineFilter filter, PageRequest page);

    /** The pull requests of these that are known, each once, in no order; with as few round trips as can be. */
    List<PullRequest> pullRequests(Set<PullRequestId> ids);

    /** What figures are made of. */
    FigureTables figures();

    /** Automations that are under way, the one that was merged first at the front. */
    List<Automation> automationsUnderWay();
}
