package io.github.releasepipeline.github;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.notify.Notice;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.store.Letter;
import io.github.releasepipeline.store.Snapshots;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import java.util.Optional;

/** Makes a release at GitHub of each version that is published. Its tag has to reach GitHub first; until then it waits. */
public final class GitHubReleaseNotifier implements Notifier {
    private final GitHubTags tags;
    private final GitHubReleases releases;

    /** Releases of this repository. */
    public GitHubReleaseNotifier(GitHub gitHub) {
        GitHub patient = gitHub.forDeliveries();
        this.tags = patient.tags();
        this.releases = patient.releases();
    }

    @Override
    public String name() {
        return "github-releases";
    }

    @Override
    public boolean wants(Notice notice) {
        return notice.record().event() instanceof VersionEvent.Published;
    }

    @Override
    public void deliver(Letter letter, Snapshots now) {
        String id = letter.record().subject().substring("version:".length());
        Optional<Version> version = now.find(new VersionId(id)).map(Stored::snapshot);
        if (version.isPresent()) {
            publish(version.get());
        }
    }

    private void publish(Version version) {
        String tag = version.number().tag();
        if (tags.find(tag).isEmpty()) {
            throw AdapterException.passing(
                    "There is no tag " + tag + " at GitHub yet; it is pushed by the clone", null);
        }
        ReleaseOrder order =
                new ReleaseOrder(tag, tag, version.notes(), version.number().isPreRelease());
        if (releases.publish(order) instanceof ReleaseOutcome.NotAllowed refused) {
            throw AdapterException.lasting("GitHub took no release of " + tag + ": " + refused.reason(), null);
        }
    }
}
