package io.github.releasepipeline.github;

import io.github.releasepipeline.github.MirroredDeployment.State;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseEvent;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.source.CommitId;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Version;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shows releases as deployments at GitHub. Whichever letter comes last, what is shown is how the release is then. That
 * GitHub cannot be reached holds no release up.
 */
public final class GitHubDeploymentNotifier implements Notifier {
    private final GitHubDeployments deployments;
    private final Function<ReleaseId, Optional<URI>> links;

    /** Deployments of this repository, without links to their logs. */
    public GitHubDeploymentNotifier(GitHub gitHub) {
        this(gitHub, release -> Optional.empty());
    }

    /**
     * Deployments of this repository.
     *
     * @param links where the host shows a release
     */
    public GitHubDeploymentNotifier(GitHub gitHub, Function<ReleaseId, Optional<URI>> links) {
        this.deployments = gitHub.forDeliveries().deployments();
        this.links = links;
    }

    @Override
    public String name() {
        return "github-deployments";
    }

    @Override
    public boolean wants(Notice notice) {
        return notice.record().event() instanceof ReleaseEvent;
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        ReleaseId id = new ReleaseId(letter.record().subject().substring("release:".length()));
        Optional<Release> release = now.find(id).map(Stored::snapshot);
        Optional<CommitId> commit = release.flatMap(found -> now.find(found.version()))
                .map(Stored::snapshot)
                .map(Version::commit);
        if (release.isPresent() && commit.isPresent()) {
            deployments.mirror(mirrored(release.get(), commit.get()));
        }
    }

    private MirroredDeployment mirrored(Release release, CommitId commit) {
        return new MirroredDeployment(
                release.id().value(),
                commit,
                release.environment().value(),
                release.policy().tier() == Tier.PRODUCTION,
                state(release.state()),
                release.number().tag() + " "
                        + release.state().kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                links.apply(release.id()));
    }

    static State state(ReleaseState state) {
        return switch (state.kind()) {
            case PENDING_APPROVAL, READY, QUEUED -> State.QUEUED;
            case IN_PROGRESS, PAUSED -> State.IN_PROGRESS;
            case SUCCEEDED -> State.SUCCESS;
            case FAILED -> ((ReleaseState.Failed) state).failure() == FailureKind.FAILED ? State.FAILURE : State.ERROR;
            case ROLLED_BACK, REJECTED, CANCELLED, SUPERSEDED, EXPIRED -> State.INACTIVE;
        };
    }
}
