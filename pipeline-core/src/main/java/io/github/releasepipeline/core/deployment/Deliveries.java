package io.github.releasepipeline.core.deployment;

import io.github.releasepipeline.core.engine.UnitOfWork;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.source.PullRequestId;
import io.github.releasepipeline.version.Version;
import io.github.releasepipeline.version.VersionEvent;
import io.github.releasepipeline.version.VersionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which pull requests reach production for the first time. */
final class Deliveries {
    private Deliveries() {}

    /**
     * Marks the versions that reach production with a release, and tells their pull requests: the release's version and
     * those before it on its line, back to one that was there before. Imported versions count as there before: nobody
     * recorded when they first reached production, and it was not now.
     */
    static List<Delivery> record(UnitOfWork unit, Release release, String repository) {
        List<Delivery> delivered = new ArrayList<>();
        if (release.kind() == ReleaseKind.ROLLBACK || release.policy().tier() != Tier.PRODUCTION) {
            return delivered;
        }
        Set<Long> told = new HashSet<>(); // a version may bring what one before it brought unasked
        Optional<VersionId> next = Optional.of(release.version());
        while (next.isPresent()) {
            Version version = unit.get(next.get());
            if (version.deliveredBy().isPresent() || version.isImported()) {
                break;
            }
            if (version.state().published().isPresent()) {
                unit.record(
                        VersionMachine.MACHINE,
                        version.id(),
                        new VersionEvent.Delivered(release.id().value()));
            }
            version.pullRequests().stream()
                    .filter(told::add)
                    .forEach(number -> delivery(unit, repository, number).ifPresent(delivered::add));
            next = version.previous();
        }
        return delivered;
    }

    private static Optional<Delivery> delivery(UnitOfWork unit, String repository, long number) {
        return unit.find(new PullRequestId(repository, number))
                .map(pr -> new Delivery(number, pr.createdAt(), pr.firstCommitAt()));
    }
}
