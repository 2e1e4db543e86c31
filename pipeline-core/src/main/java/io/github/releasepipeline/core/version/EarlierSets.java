package io.github.releasepipeline.core.version;

import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.changeset.ChangeSetState;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionNumber;
import io.github.releasepipeline.version.VersionState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the sets of pull requests that were released already, on another line or by a lower number of the same one. */
final class EarlierSets {
    private final Engine engine;
    private final String repositoryName;

    EarlierSets(Engine engine, String repositoryName) {
        this.engine = engine;
        this.repositoryName = repositoryName;
    }

    /** The sets by pull request, for a version with this number. */
    Map<Long, ChangeSetId> of(Collection<Long> pullRequests, VersionNumber number) {
        Map<Long, ChangeSetId> sets = new HashMap<>();
        for (long pullRequest : pullRequests) {
            engine.reader()
                    .changeSetOf(new PullRequestId(repositoryName, pullRequest))
                    .map(engine::get)
                    .filter(set -> version(set)
                            .filter(version -> isEarlier(version, number))
                            .isPresent())
                    .ifPresent(set -> sets.put(pullRequest, set.id()));
        }
        return sets;
    }

    private Optional<Version> version(ChangeSet set) {
        return set.state() instanceof ChangeSetState.Versioned versioned
                ? engine.reader().versionTagged(versioned.tag()).map(engine::get)
                : Optional.empty();
    }

    private static boolean isEarlier(Version version, VersionNumber number) {
        return version.state().kind() != VersionState.Kind.DRAFT
                && (!version.number().line().equals(number.line())
                        || Numbers.ORDER.compare(version.number(), number) < 0);
    }
}
