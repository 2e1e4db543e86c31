package io.github.releasepipeline.core.figure;

import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.policy.Tier;
import io.github.releasepipeline.release.Delivery;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.store.PipelineReader;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The facts of one release or version, which follow from its snapshot alone. */
public final class Facts {
    private Facts() {}

    /**
     * All facts of a snapshot; none of what is neither a release nor a version.
     *
     * @param reader looks up what is fixed for ever: whether a version was made to correct another one
     */
    public static List<Fact> of(Object snapshot, PipelineReader reader) {
        if (snapshot instanceof Release release) {
            return of(release, isProduction(release) && Hotfixes.contain(reader, release.version()));
        }
        return snapshot instanceof Version version ? of(version) : List.of();
    }

    private static List<Fact> of(Version version) {
        String subject = version.id().reference();
        return version
                .state()
                .published()
                .map(at -> new Fact(FactKind.PUBLISHED, subject, "", Optional.empty(), at, Duration.ZERO))
                .stream()
                .toList();
    }

    /** @param hotfix whether its version was made to correct another one */
    static List<Fact> of(Release release, boolean hotfix) {
        Facets facets = new Facets(release);
        if (!succeeded(release) && !failed(release)) {
            return List.of();
        }
        release.approvedAfter().ifPresent(wait -> facets.add(FactKind.APPROVED, wait));
        if (release.kind() == ReleaseKind.ROLLBACK) {
            release.took().filter(took -> succeeded(release)).ifPresent(took -> facets.add(FactKind.ROLLBACK, took));
            return facets.facts;
        }
        facets.add(succeeded(release) ? FactKind.SUCCEEDED : FactKind.FAILED, Duration.ZERO);
        if (succeeded(release) && release.state() instanceof ReleaseState.RolledBack) {
            facets.add(FactKind.ROLLED_BACK, Duration.ZERO);
        }
        if (isProduction(release)) {
            production(release, hotfix, facets);
        }
        return facets.facts;
    }

    private static void production(Release release, boolean hotfix, Facets facets) {
        facets.add(FactKind.PRODUCTION, Duration.ZERO);
        if (hotfix) {
            facets.add(FactKind.HOTFIX, Duration.ZERO);
        }
        if (release.state() instanceof ReleaseState.RolledBack back) {
            facets.add(FactKind.RECOVERED, Duration.between(back.endedAt(), back.at()));
        }
        for (Delivery delivery : release.delivered()) {
            String number = String.valueOf(delivery.pullRequest());
            facets.add(FactKind.TIME_TO_DEPLOY, number, delivery.openedAt());
            delivery.firstCommitAt().ifPresent(begin -> facets.add(FactKind.LEAD_TIME, number, begin));
        }
    }

    private static boolean isProduction(Release release) {
        return release.kind() == ReleaseKind.DEPLOY
                && succeeded(release)
                && release.policy().tier() == Tier.PRODUCTION;
    }

    private static boolean succeeded(Release release) {
        return release.succeeded() || (release.state() instanceof ReleaseState.RolledBack back && back.succeeded());
    }

    private static boolean failed(Release release) {
        return release.state() instanceof ReleaseState.Failed
                || (release.state() instanceof ReleaseState.RolledBack back && !back.succeeded());
    }

    /** Collects the facts of one release, all at the instant of its end. */
    private static final class Facets {
        private final Release release;
        private final List<Fact> facts = new ArrayList<>();

        Facets(Release release) {
            this.release = release;
        }

        void add(FactKind kind, Duration took) {
            add(kind, "", took);
        }

        void add(FactKind kind, String part, Instant begin) {
            add(kind, part, Duration.between(begin, end()));
        }

        private void add(FactKind kind, String part, Duration took) {
            facts.add(new Fact(
                    kind,
                    release.id().reference(),
                    part,
                    Optional.of(release.environment()),
                    end(),
                    took.truncatedTo(ChronoUnit.MICROS)));
        }

        private Instant end() {
            return release.state().finishedAt().orElseThrow();
        }
    }
}
