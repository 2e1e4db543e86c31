package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.Explanation;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.version.Version;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** An explanation and the command never contradict each other, wherever a game has led. */
class ExplainProperties {
    private static final Set<Kind> UNDER_WAY = Set.of(Kind.QUEUED, Kind.IN_PROGRESS);

    @Property(tries = 60)
    void a_release_starts_if_and_only_if_its_explanation_is_clear(
            @ForAll long seed, @ForAll @IntRange(max = 5) int variant, @ForAll @IntRange(max = 5) int who) {
        World world = played(seed, variant);
        ActingPipeline acting = world.as(who, 0);
        for (Release release : world.releases()) {
            Kind before = world.as(0, 0).releases().get(release.id()).state().kind();
            Explanation explanation = acting.releases().explain(release.id());
            if (before == Kind.READY || before == Kind.PENDING_APPROVAL || before == Kind.FAILED) {
                assertThat(starts(acting, release.id(), before))
                        .as("%s by %s of %s: %s", before, who, release, explanation)
                        .isEqualTo(explanation.isClear());
            } else if (before != Kind.QUEUED) {
                assertThat(explanation.isClear())
                        .as("%s: %s", release, explanation)
                        .isFalse();
            }
        }
    }

    @Property(tries = 60)
    void what_waits_in_the_queue_goes_next_if_and_only_if_its_explanation_is_clear(
            @ForAll long seed, @ForAll @IntRange(max = 5) int variant) {
        World world = played(seed, variant);
        ActingPipeline acting = world.as(0, 0);
        World.ENVIRONMENTS.forEach(name -> world.mend(acting, name));
        for (Release release : world.releases()) {
            if (acting.releases().get(release.id()).state().kind() == Kind.QUEUED) {
                boolean clear = acting.releases().explain(release.id()).isClear();
                List<Release> before = queued(world, release);
                world.node(0).pipeline().maintain();
                Release after = acting.releases().get(release.id());
                // What has begun may have ended already, and what waited before it may have left the queue without
                // beginning.
                if (clear || queued(world, release).containsAll(before)) {
                    assertThat(after.attempts().size() > release.attempts().size())
                            .as("%s, was clear: %s", after, clear)
                            .isEqualTo(clear);
                }
            }
        }
    }

    @Property(tries = 60)
    void a_version_can_be_requested_and_started_if_and_only_if_its_explanation_is_clear(
            @ForAll long seed, @ForAll @IntRange(max = 5) int variant, @ForAll @IntRange(max = 5) int who) {
        World world = played(seed, variant);
        ActingPipeline acting = world.as(who, 0);
        for (Version version : world.versions()) {
            for (String environment : World.ENVIRONMENTS) {
                Explanation explanation = acting.releases().explain(version.id(), environment);
                assertThat(starts(acting, version, environment))
                        .as("%s to %s by %s: %s", version.number(), environment, who, explanation)
                        .isEqualTo(explanation.isClear());
            }
        }
    }

    private static List<Release> queued(World world, Release other) {
        return world.releases().stream()
                .filter(release -> release.state().kind() == Kind.QUEUED)
                .filter(release -> release.environment().equals(other.environment())
                        && !release.id().equals(other.id()))
                .toList();
    }

    private static World played(long seed, int variant) {
        Game game = new Game(variant);
        List<Move> moves = Move.random(new Random(seed)).limit(150).toList();
        game.play(moves);
        game.world().store.calm();
        game.world().clock.advance(Duration.ofHours(Math.floorMod(seed, 24))); // by night windows are closed
        return game.world();
    }

    private static boolean starts(ActingPipeline acting, ReleaseId id, Kind before) {
        try {
            Release after = (before == Kind.FAILED
                            ? acting.releases().retry(id)
                            : acting.releases().deploy(id))
                    .release();
            return UNDER_WAY.contains(after.state().kind());
        } catch (RefusedException e) {
            return false;
        }
    }

    private static boolean starts(ActingPipeline acting, Version version, String environment) {
        try {
            Release requested = acting.releases().request(version.id(), environment);
            Kind now = requested.state().kind();
            return UNDER_WAY.contains(now) || (now == Kind.READY && starts(acting, requested.id(), now));
        } catch (RefusedException e) {
            return false;
        }
    }
}
