package io.github.releasepipeline.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.error.ConcurrentUpdateException;
import io.github.releasepipeline.memory.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final AdapterException AWAY = AdapterException.withoutEffect("The database is away", null);

    private final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    private final Patience patience = new Patience(clock);

    @Test
    void a_store_that_is_away_is_tried_again_for_ten_seconds() {
        patience.wait(AWAY);
        clock.advance(Duration.ofSeconds(10));
        patience.wait(AWAY);
        clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> patience.wait(AWAY)).isSameAs(AWAY);
    }

    @Test
    void a_clock_that_stands_still_does_not_make_it_endless() {
        AdapterException away = AdapterException.withoutEffect("The database is away", null);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        Thread.currentThread().interrupt(); // so that nobody waits here
                        patience.wait(away);
                    }
                })
                .isSameAs(away);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void what_may_have_had_an_effect_is_not_tried_again() {
        AdapterException unknown = AdapterException.passing("The commit was lost", null);

        assertThatThrownBy(() -> patience.wait(unknown)).isSameAs(unknown);
    }

    @Test
    void what_a_person_has_to_mend_is_not_tried_again() {
        AdapterException broken = AdapterException.lasting("The disk is full", null);

        assertThatThrownBy(() -> patience.wait(broken)).isSameAs(broken);
    }

    @Test
    void somebody_who_was_faster_is_met_forty_times() {
        ConcurrentUpdateException faster = new ConcurrentUpdateException("Release r1");
        for (int i = 1; i < 40; i++) {
            assertThatCode(() -> patience.wait(faster)).doesNotThrowAnyException();
        }

        assertThatThrownBy(() -> patience.wait(faster)).isSameAs(faster);
    }

    @Test
    void pauses_double_up_to_a_second() {
        assertThat(Patience.pause(1)).isEqualTo(Duration.ofMillis(50));
        assertThat(Patience.pause(2)).isEqualTo(Duration.ofMillis(100));
        assertThat(Patience.pause(5)).isEqualTo(Duration.ofMillis(800));
        assertThat(Patience.pause(6)).isEqualTo(Duration.ofSeconds(1));
        assertThat(Patience.pause(60)).isEqualTo(Duration.ofSeconds(1));
    }
}
