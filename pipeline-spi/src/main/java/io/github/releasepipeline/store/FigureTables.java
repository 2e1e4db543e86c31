package io.github.releasepipeline.store;

import io.github.releasepipeline.figure.Fact;
import io.github.releasepipeline.figure.FactKind;
import io.github.releasepipeline.figure.Stock;
import io.github.releasepipeline.figure.Tally;
import io.github.releasepipeline.policy.EnvironmentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts and their sums, kept by {@link PipelineSession#recount}. */
public interface FigureTables {
    /**
     * All kinds at once; kinds without facts are not in it. Costs as much for a window with a million facts as for one with a
     * thousand, but for its first and last day if they are not whole days of UTC.
     *
     * @param environment only facts of this environment and those of none, that is of versions; empty for all
     */
    Map<FactKind, Tally> tally(Window window, Optional<EnvironmentName> environment);

    /** What lies there now. */
    Stock stock();

    /**
     * Facts of a kind, newest first; of those at one instant in any fixed order.
     *
     * @param environment only facts of this environment; empty for all
     */
    Page<Fact> list(FactKind kind, Window window, Optional<EnvironmentName> environment, PageRequest page);

    /**
     * Production deployments that a hotfix followed as the next production deployment of their environment, and that were not
     * rolled back: as facts of the kind {@link FactKind#RECOVERED}, from their end to that of the hotfix; oldest first.
     *
     * @param window in which the deployments ended; the hotfix may have come after it
     * @param within how much later at most
     */
    List<Fact> hotfixed(Window window, Duration within, Optional<EnvironmentName> environment);

    /** All facts of a subject, in any order. */
    List<Fact> of(String subject);
}
