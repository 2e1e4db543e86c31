package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseKind;
import io.github.releasepipeline.release.ReleaseState.Kind;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is counted while things happen is what the audit trail tells afterwards. */
class FigureProperties {
    private static final int STEP = 10;
    private static final Set<Kind> COUNTED = Set.of(Kind.SUCCEEDED, Kind.FAILED, Kind.ROLLED_BACK);

    @Property(tries = 60)
    void counting_again_never_finds_anything_that_differs(@ForAll long seed, @ForAll @IntRange(max = 5) int variant) {
        Game game = new Game(variant);
        List<Move> moves = Move.random(new Random(seed)).limit(200).toList();
        for (int from = 0; from < moves.size(); from += STEP) {
            game.play(moves.subList(from, Math.min(moves.size(), from + STEP)));
            ActingPipeline alice = game.world().as(0, 0);
            assertThat(alice.metrics().recount())
                    .as("after %d moves", from + STEP)
                    .isZero();
        }
        for (Release release : game.world().releases()) {
            if (release.kind() == ReleaseKind.DEPLOY) {
                assertThat(game.world().store.tables().figures().of(release.id().reference()))
                        .as("%s", release)
                        .matches(facts -> facts.isEmpty()
                                != COUNTED.contains(release.state().kind()));
            }
        }
    }
}
