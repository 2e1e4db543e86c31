package io.github.releasepipeline.memory;

import io.github.releasepipeline.release.LogLine;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.store.ReleaseLogs;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** The log lines of a state. */
final class MemoryLogs implements ReleaseLogs {
    private final MemoryPipelineStore store;

    MemoryLogs(MemoryPipelineStore store) {
        this.store = store;
    }

    @Override
    public List<LogLine> after(ReleaseId release, long sequence, int max) {
        return store.committed()
                .logs
                .after(new Numbered(release.value(), sequence))
                .takeWhile(line -> line.entry().release().equals(release))
                .limit(max)
                .toList();
    }

    @Override
    public int drop(Instant before, int max) {
        return store.write(state -> {
            List<LogLine> dropped = state.logs
                    .values()
                    .filter(line -> line.entry().at().isBefore(before)
                            && hasEnded(state, line.entry().release()))
                    .sorted(Comparator.comparing(line -> line.entry().at()))
                    .limit(max)
                    .toList();
            dropped.forEach(line -> state.logs =
                    state.logs.without(new Numbered(line.entry().release().value(), line.sequence())));
            return dropped.size();
        });
    }

    private static boolean hasEnded(State state, ReleaseId id) {
        return state.subjects
                .get(id.reference())
                .map(stored -> (Release) stored.snapshot())
                .flatMap(release -> release.state().finishedAt())
                .isPresent();
    }
}
