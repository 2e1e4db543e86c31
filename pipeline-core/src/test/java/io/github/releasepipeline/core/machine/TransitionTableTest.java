package io.github.releasepipeline.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.releasepipeline.core.machine.TransitionTable.Edge;
import io.github.releasepipeline.subject.DomainEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransitionTableTest {
    private enum Door {
        OPEN,
        SHUT
    }

    private interface DoorEvent extends DomainEvent {
        record Built() implements DoorEvent {}

        record Shut() implements DoorEvent {}

        record PaintedRed() implements DoorEvent {}

        record Slammed() implements DoorEvent {}
    }

    private final TransitionTable<Door> table = new TransitionTable<Door>()
            .begin(DoorEvent.Built.class, Door.OPEN)
            .edge(Door.OPEN, DoorEvent.Shut.class, Door.SHUT)
            .edge(Door.OPEN, DoorEvent.Slammed.class, Door.SHUT)
            .stay(Door.SHUT, DoorEvent.PaintedRed.class);

    @Test
    void it_knows_what_may_happen_in_a_state() {
        assertThat(table.allows(Door.OPEN, DoorEvent.Shut.class)).isTrue();
        assertThat(table.allows(Door.SHUT, DoorEvent.PaintedRed.class)).isTrue();
        assertThat(table.allows(Door.SHUT, DoorEvent.Shut.class)).isFalse();
        assertThat(table.allows(Door.OPEN, DoorEvent.PaintedRed.class)).isFalse();
        assertThat(table.allows(Door.OPEN, DoorEvent.Built.class)).isFalse();
    }

    @Test
    void it_lets_its_own_edges_pass() {
        table.check(Optional.empty(), new DoorEvent.Built(), Door.OPEN);
        table.check(Optional.of(Door.OPEN), new DoorEvent.Slammed(), Door.SHUT);
        assertThat(table.edges())
                .containsExactly(
                        new Edge<>(Optional.empty(), DoorEvent.Built.class, Door.OPEN),
                        new Edge<>(Optional.of(Door.OPEN), DoorEvent.Shut.class, Door.SHUT),
                        new Edge<>(Optional.of(Door.OPEN), DoorEvent.Slammed.class, Door.SHUT),
                        new Edge<>(Optional.of(Door.SHUT), DoorEvent.PaintedRed.class, Door.SHUT));
    }

    @Test
    void it_stops_an_edge_that_it_does_not_have() {
        assertThatThrownBy(() -> table.check(Optional.of(Door.SHUT), new DoorEvent.Slammed(), Door.SHUT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No such transition: SHUT --door.slammed--> SHUT");
        assertThatThrownBy(() -> table.check(Optional.of(Door.OPEN), new DoorEvent.Shut(), Door.OPEN))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> table.check(Optional.empty(), new DoorEvent.Shut(), Door.SHUT))
                .hasMessage("No such transition: [*] --door.shut--> SHUT");
    }

    @Test
    void its_edges_cannot_be_changed_from_outside() {
        assertThatThrownBy(() -> table.edges().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void its_diagram_joins_events_with_the_same_ends() {
        assertThat(table.toMermaid()).isEqualTo("""
                stateDiagram-v2
                    [*] --> OPEN: built
                    OPEN --> SHUT: shut, slammed
                    SHUT --> SHUT: painted-red
                """);
    }
}
