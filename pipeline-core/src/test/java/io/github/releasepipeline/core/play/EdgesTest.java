package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.core.automation.AutomationMachine;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.machine.TransitionTable.Edge;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.version.VersionMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every edge of every table is reached through the public API, in games that are the same each time. */
class EdgesTest {
    private static final int GAMES = 100;
    private static final int MOVES = 500;

    @Test
    void every_edge_of_every_table_is_visited() {
        // given
        List<Edge<?>> unvisited = Stream.of(
                        AutomationMachine.TABLE, ChangeSetMachine.TABLE, VersionMachine.TABLE, ReleaseMachine.TABLE)
                .<Edge<?>>flatMap(table -> table.edges().stream())
                .collect(Collectors.toCollection(ArrayList::new));
        // when
        for (int seed = 0; seed < GAMES && !unvisited.isEmpty(); seed++) {
            Game game = new Game(seed);
            game.play(Move.random(new Random(seed)).limit(MOVES).toList());
            unvisited.removeAll(game.end());
        }
        // then
        assertThat(unvisited)
                .as("edges that no game visits: unreachable, or untested")
                .isEmpty();
    }
}
