package io.github.releasepipeline.examples.quickstart;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.ChangeSetRow;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PageRequest;
import io.github.releasepipeline.store.PipelineFilter;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far the story is. Asks the pipeline; nothing else remembers it. */
final class SoFar {
    private static final PageRequest NEWEST = PageRequest.first(PageRequest.MAX_SIZE);

    private final ActingPipeline pipeline;

    SoFar(ActingPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The season that is to be told: the newest version's, or the next one if that has ended with its rollback. */
    Season season() {
        List<Version> newest = pipeline.versions()
                .list(PipelineFilter.all(), PageRequest.first(1))
                .rows();
        Season latest =
                newest.isEmpty() ? new Season(1) : Season.of(newest.get(0).number());
        boolean told = pipeline.versions()
                .tagged(latest.version())
                .flatMap(version -> deployment(version, "production"))
                .filter(release -> release.state().kind() == ReleaseState.Kind.ROLLED_BACK)
                .isPresent();
        return told ? latest.next() : latest;
    }

    /** The set that a pull request is in. */
    Optional<ChangeSet> changeSetWith(long pullRequest) {
        return pipeline.changeSets().list(PipelineFilter.all(), NEWEST).rows().stream()
                .map(ChangeSetRow::set)
                .filter(set -> set.state().kind() != ChangeSetState.Kind.ABANDONED)
                .filter(set -> set.pullRequests().contains(pullRequest))
                .findFirst();
    }

    /** A set as the table shows it. */
    List<ChangeSetRow> rowsOf(ChangeSet set) {
        return pipeline.changeSets().list(PipelineFilter.all(), NEWEST).rows().stream()
                .filter(row -> row.set().id().equals(set.id()))
                .toList();
    }

    /** The version that a set became. */
    Optional<Version> versionOf(ChangeSet set) {
        return set.state() instanceof ChangeSetState.Versioned versioned
                ? pipeline.versions().tagged(versioned.tag())
                : Optional.empty();
    }

    /** The newest deployment of a version into an environment that was not given up. */
    Optional<Release> deployment(Version version, String environment) {
        return releases(environment)
                .filter(release -> release.kind() == ReleaseKind.DEPLOY)
                .filter(release -> release.version().equals(version.id()))
                .filter(release -> switch (release.state().kind()) {
                    case REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> false;
                    default -> true;
                })
                .findFirst();
    }

    /** The rollback of a release that was not given up. */
    Optional<Release> rollback(Release release) {
        return releases(release.environment().value())
                .filter(candidate -> candidate
                        .rollbackOf()
                        .filter(from -> from.release().equals(release.id()))
                        .isPresent())
                .findFirst();
    }

    /** Releases that were running or waiting when the last run ended. */
    List<Release> interrupted() {
        return pipeline.releases()
                .list(PipelineFilter.all().releases(ReleaseState.Kind.IN_PROGRESS, ReleaseState.Kind.QUEUED), NEWEST)
                .rows();
    }

    /** Versions whose publishing was interrupted when the last run ended. */
    List<Version> drafts() {
        return pipeline.versions()
                .list(PipelineFilter.all().versions(VersionState.Kind.DRAFT), NEWEST)
                .rows();
    }

    private Stream<Release> releases(String environment) {
        return pipeline
                .releases()
                .list(PipelineFilter.all().in(new EnvironmentName(environment)), NEWEST)
                .rows()
                .stream();
    }
}
