package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.machine.TransitionTable.Edge;
import io.github.releasepipeline.core.play.HandCrankedThreads.PowerCut;
import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseAction;
import io.github.releasepipeline.release.ReleaseState.Kind;
import io.github.releasepipeline.release.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Plays moves, and checks after each of them what always has to hold. */
final class Game {
    private static final int PATIENCE = 60;

    private final World world;

    Game(int variant) {
        world = new World(variant);
    }

    World world() {
        return world;
    }

    void play(List<Move> moves) {
        for (Move move : moves) {
            try {
                attempt(world, move);
                Rules.always(world);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("After " + move + ": " + e.getMessage(), e);
            }
        }
    }

    /** Plays a move that may be refused, and then changes nothing. */
    static void attempt(World world, Move move) {
        String before = Rules.fingerprint(world);
        try {
            move.command().play(world, move);
        } catch (RefusedException e) {
            if (!e.rule().equals("version.tag") && !move.command().isCompound()) {
                assertThat(Rules.fingerprint(world))
                        .as("a refusal changes nothing: %s", e.getMessage())
                        .isEqualTo(before);
            }
        } catch (NotFoundException | IllegalArgumentException e) {
            if (!move.command().isCompound()) {
                assertThat(Rules.fingerprint(world))
                        .as("what cannot be done changes nothing: %s", e.getMessage())
                        .isEqualTo(before);
            }
        } catch (AdapterException e) {
            assertThat(e.retryable()).isTrue();
        } catch (PowerCut e) {
            world.restart(move.node());
        }
    }

    /** Lets everything that can end, end. */
    Set<Edge<?>> end() {
        world.store.calm();
        for (int i = 0; i < PATIENCE && isBusy(); i++) {
            World.ENVIRONMENTS.forEach(name -> {
                world.mend(world.as(1, 0), name);
                world.as(1, 0).environments().resume(name, "the game ends");
            });
            for (int node = 0; node < 2; node++) {
                while (world.crank(node)) {
                    Rules.always(world);
                }
            }
            for (Release release : Command.paused(world)) {
                if (world.as(1, 0).releases().actions(release.id()).contains(ReleaseAction.JUDGE)) {
                    world.as(1, 0).releases().cancel(release.id(), "the game ends");
                } else {
                    world.as(1, 0).releases().resolve(release.id(), Resolution.GIVE_UP, "the game ends");
                }
            }
            world.clock.advance(Duration.ofHours(1)); // until all windows have been open
            assertThat(world.node(i).pipeline().maintain())
                    .as("what could not be put right")
                    .allMatch(problem -> problem.startsWith("version ") || problem.startsWith("automation "));
        }
        assertThat(isBusy())
                .as(
                        "everything comes to an end, but: %s",
                        world.releases().stream().filter(Game::runsOrWaits).toList())
                .isFalse();
        Rules.always(world);
        Rules.order(world);
        Trail.check(world.store.audit());
        return Replay.all(world);
    }

    private boolean isBusy() {
        return world.releases().stream().anyMatch(Game::runsOrWaits);
    }

    private static boolean runsOrWaits(Release release) {
        Kind kind = release.state().kind();
        return kind == Kind.IN_PROGRESS || kind == Kind.PAUSED || kind == Kind.QUEUED;
    }
}
