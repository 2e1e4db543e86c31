package io.github.releasepipeline.store;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.item.ChangedItem;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.PullRequest;
import io.github.releasepipeline.source.PullRequestStatus;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.Optional;
import java.util.Set;

/**
 * What the pipeline view shows, over all four stages at once. An empty part does not filter. A part that makes no sense
 * for a stage (the environment of a pull request) does not filter that stage.
 *
 * @param environment releases of this environment
 * @param created things created (opened, requested) in this window
 * @param finished releases that ended in this window
 * @param author things made by this person: author, creator, requester
 * @param pullRequests pull requests of these statuses
 * @param changeSets change sets in these states
 * @param versions versions in these states
 * @param releases releases in these states
 * @param label pull requests with this label
 * @param item pull requests that change the item at this path
 */
public record PipelineFilter(
        Optional<EnvironmentName> environment,
        Optional<Window> created,
        Optional<Window> finished,
        Optional<String> author,
        Set<PullRequestStatus> pullRequests,
        Set<ChangeSetState.Kind> changeSets,
        Set<VersionState.Kind> versions,
        Set<ReleaseState.Kind> releases,
        Optional<String> label,
        Optional<String> item) {
    /** Copies the sets. */
    public PipelineFilter {
        pullRequests = Set.copyOf(pullRequests);
        changeSets = Set.copyOf(changeSets);
        versions = Set.copyOf(versions);
        releases = Set.copyOf(releases);
    }

    /** Everything. */
    public static PipelineFilter all() {
        return new PipelineFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Only releases of this environment. */
    public PipelineFilter in(EnvironmentName name) {
        return new PipelineFilter(
                Optional.of(name),
                created,
                finished,
                author,
                pullRequests,
                changeSets,
                versions,
                releases,
                label,
                item);
    }

    /** Only what was created in this window. */
    public PipelineFilter created(Window window) {
        return new PipelineFilter(
                environment,
                Optional.of(window),
                finished,
                author,
                pullRequests,
                changeSets,
                versions,
                releases,
                label,
                item);
    }

    /** Only releases that ended in this window. */
    public PipelineFilter finished(Window window) {
        return new PipelineFilter(
                environment,
                created,
                Optional.of(window),
                author,
                pullRequests,
                changeSets,
                versions,
                releases,
                label,
                item);
    }

    /** Only what this person made. */
    public PipelineFilter by(String person) {
        return new PipelineFilter(
                environment,
                created,
                finished,
                Optional.of(person),
                pullRequests,
                changeSets,
                versions,
                releases,
                label,
                item);
    }

    /** Only pull requests of these statuses. */
    public PipelineFilter pullRequests(PullRequestStatus... statuses) {
        return new PipelineFilter(
                environment, created, finished, author, Set.of(statuses), changeSets, versions, releases, label, item);
    }

    /** Only change sets in these states. */
    public PipelineFilter changeSets(ChangeSetState.Kind... states) {
        return new PipelineFilter(
                environment, created, finished, author, pullRequests, Set.of(states), versions, releases, label, item);
    }

    /** Only versions in these states. */
    public PipelineFilter versions(VersionState.Kind... states) {
        return new PipelineFilter(
                environment,
                created,
                finished,
                author,
                pullRequests,
                changeSets,
                Set.of(states),
                releases,
                label,
                item);
    }

    /** Only releases in these states. */
    public PipelineFilter releases(ReleaseState.Kind... states) {
        return new PipelineFilter(
                environment,
                created,
                finished,
                author,
                pullRequests,
                changeSets,
                versions,
                Set.of(states),
                label,
                item);
    }

    /** Only pull requests with this label. */
    public PipelineFilter label(String name) {
        return new PipelineFilter(
                environment,
                created,
                finished,
                author,
                pullRequests,
                changeSets,
                versions,
                releases,
                Optional.of(name),
                item);
    }

    /** Only pull requests that change the item at this path. */
    public PipelineFilter item(String path) {
        return new PipelineFilter(
                environment,
                created,
                finished,
                author,
                pullRequests,
                changeSets,
                versions,
                releases,
                label,
                Optional.of(path));
    }

    /** Whether a pull request is shown. */
    public boolean accepts(PullRequest pullRequest) {
        return accepts(pullRequests, pullRequest.status())
                && created.map(window -> window.contains(pullRequest.createdAt()))
                        .orElse(true)
                && author.map(pullRequest.author()::equals).orElse(true)
                && label.map(pullRequest.labels()::contains).orElse(true)
                && item.map(path -> touches(pullRequest, path)).orElse(true);
    }

    /** Whether a change set is shown. */
    public boolean accepts(ChangeSet changeSet) {
        return accepts(changeSets, changeSet.state().kind())
                && created.map(window -> window.contains(changeSet.createdAt())).orElse(true)
                && author.map(changeSet.createdBy().id()::equals).orElse(true);
    }

    /** Whether a version is shown. */
    public boolean accepts(Version version) {
        return accepts(versions, version.state().kind())
                && created.map(window -> window.contains(version.createdAt())).orElse(true)
                && author.map(version.createdBy().id()::equals).orElse(true);
    }

    /** Whether a release is shown. */
    public boolean accepts(Release release) {
        return accepts(releases, release.state().kind())
                && environment.map(release.environment()::equals).orElse(true)
                && created.map(window -> window.contains(release.requestedAt())).orElse(true)
                && finished.map(window -> release.state()
                                .finishedAt()
                                .filter(window::contains)
                                .isPresent())
                        .orElse(true)
                && author.map(release.requestedBy().id()::equals).orElse(true);
    }

    private static <T> boolean accepts(Set<T> wanted, T actual) {
        return wanted.isEmpty() || wanted.contains(actual);
    }

    private static boolean touches(PullRequest pullRequest, String path) {
        return pullRequest.items().stream().flatMap(ChangedItem::paths).anyMatch(path::equals);
    }
}
