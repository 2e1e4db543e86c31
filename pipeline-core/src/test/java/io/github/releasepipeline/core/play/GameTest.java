package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GameTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_short_game_keeps_the_rules(int seed) {
        Game game = new Game(seed);
        game.play(Move.random(new Random(seed)).limit(250).toList());
        assertThat(game.end()).isNotEmpty();
    }

    @Test
    void a_game_played_again_goes_the_same_way() {
        assertThat(trail()).isEqualTo(trail());
    }

    private static String trail() {
        Game game = new Game(5);
        game.play(Move.random(new Random(5)).limit(150).toList());
        return Rules.fingerprint(game.world());
    }
}
