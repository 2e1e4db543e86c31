package io.github.releasepipeline.core.play;

import java.util.Random;
import java.util.stream.Stream;

/**
 * A move in a game.
 *
 * @param command what is done
 * @param who by whom
 * @param what to which thing, among those that there are
 * @param node on which node
 */
record Move(Command command, int who, int what, int node) {
    static Stream<Move> random(Random random) {
        return Stream.generate(() -> new Move(
                Command.WEIGHTED.get(random.nextInt(Command.WEIGHTED.size())),
                random.nextInt(6),
                random.nextInt(48),
                random.nextInt(2)));
    }
}
