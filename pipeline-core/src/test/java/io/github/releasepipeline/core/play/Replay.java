package io.github.releasepipeline.core.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.releasepipeline.audit.AuditRecord;
import io.github.releasepipeline.core.automation.AutomationMachine;
import io.github.releasepipeline.core.changeset.ChangeSetMachine;
import io.github.releasepipeline.core.environment.EnvironmentMachine;
import io.github.releasepipeline.core.machine.Machine;
import io.github.releasepipeline.core.machine.TransitionTable.Edge;
import io.github.releasepipeline.core.release.ReleaseMachine;
import io.github.releasepipeline.core.version.VersionMachine;
import io.github.releasepipeline.environment.Environment;
import io.github.releasepipeline.store.Stored;
import io.github.releasepipeline.subject.SubjectId;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Folds the audit trail from nothing, and compares with what is stored. */
final class Replay {
    private Replay() {}

    /** Replays every subject; the edges that were visited. */
    static Set<Edge<?>> all(World world) {
        assertThat(world.as(0, 0).audit().verify().problems()).isEmpty();
        Set<Edge<?>> edges = new LinkedHashSet<>();
        world.changeSets()
                .forEach(set -> replay(
                        world,
                        ChangeSetMachine.MACHINE,
                        set.id(),
                        edges,
                        now -> now.state().kind()));
        world.automations()
                .forEach(automation -> replay(
                        world,
                        AutomationMachine.MACHINE,
                        automation.id(),
                        edges,
                        now -> now.state().kind()));
        world.versions()
                .forEach(version -> replay(
                        world,
                        VersionMachine.MACHINE,
                        version.id(),
                        edges,
                        now -> now.state().kind()));
        world.releases()
                .forEach(release -> replay(
                        world,
                        ReleaseMachine.MACHINE,
                        release.id(),
                        edges,
                        now -> now.state().kind()));
        world.as(0, 0).environments().list().stream()
                .map(Environment::id)
                .forEach(id -> replay(world, EnvironmentMachine.MACHINE, id, new LinkedHashSet<>(), now -> now));
        return edges;
    }

    private static <I extends SubjectId<S>, S> void replay(
            World world, Machine<I, S> machine, I id, Set<Edge<?>> edges, Function<S, Object> kind) {
        Optional<S> snapshot = Optional.empty();
        for (AuditRecord record : world.store.audit().of(id)) {
            S next = machine.fold(id, snapshot, record.event(), record.stamp());
            edges.add(new Edge<>(snapshot.map(kind), record.event().getClass(), kind.apply(next)));
            snapshot = Optional.of(next);
        }
        assertThat(snapshot)
                .as("%s, from its audit records", id.reference())
                .isEqualTo(world.store.reader().find(id).map(Stored::snapshot));
    }
}
