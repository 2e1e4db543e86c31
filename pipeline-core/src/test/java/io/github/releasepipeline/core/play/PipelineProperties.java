package io.github.releasepipeline.core.play;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever people, machines and chance do, in whatever order: the rules hold, and the audit trail tells it all. */
class PipelineProperties {
    @Property(tries = 60)
    void no_sequence_of_commands_breaks_a_rule(
            @ForAll("moves") List<Move> moves, @ForAll @IntRange(max = 5) int variant) {
        Game game = new Game(variant);
        game.play(moves);
        game.end();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Move> move = Combinators.combine(
                        Arbitraries.of(Command.WEIGHTED),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(0, 47),
                        Arbitraries.integers().between(0, 1))
                .as(Move::new);
        return move.list().ofMinSize(50).ofMaxSize(400);
    }
}
