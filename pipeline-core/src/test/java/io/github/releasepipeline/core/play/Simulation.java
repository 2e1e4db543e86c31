package io.github.releasepipeline.core.play;

import io.github.releasepipeline.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * One schedule: what people, nodes, targets and the store do, in an order that a seed decides, on one thread and by a clock that
 * only the schedule moves. Nodes die at any call and commit, stand still while others take over, lose answers; in the end
 * everything that can end does.
 */
final class Simulation {
    private static final int MOVES = 150;
    private static final int VARIANTS = 6;

    private final long seed;
    private final Game game;
    private final List<Move> moves;

    Simulation(long seed) {
        this.seed = seed;
        this.game = new Game((int) Math.floorMod(seed, (long) VARIANTS));
        this.moves = Move.random(new Random(seed)).limit(MOVES).toList();
    }

    /** Plays it. A failure tells how it is played again. */
    void play() {
        int played = 0;
        try {
            for (Move move : moves) {
                game.play(List.of(move));
                played++;
            }
            game.end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "Schedule " + seed + " failed after " + played + " moves; again by -Dsimulation.seed=" + seed
                            + "\nthe last moves: "
                            + moves.subList(Math.max(0, played - 12), Math.min(moves.size(), played + 1))
                            + "\n" + e.getMessage(),
                    e);
        }
    }

    /** Everything that came of it: the audit trail, newest first, and what the targets did. */
    List<String> trace() {
        List<String> trace = new ArrayList<>();
        Optional<PageRequest> next = Optional.of(PageRequest.first(PageRequest.MAX_SIZE));
        while (next.isPresent()) {
            PageRequest page = next.get();
            var records = game.world().store.audit().newest(Optional.empty(), page);
            records.rows().forEach(record -> trace.add(record.canonical()));
            next = records.next().map(page::after);
        }
        game.world().targets.forEach((name, target) -> trace.add(name + " " + target.effects()));
        return trace;
    }
}
