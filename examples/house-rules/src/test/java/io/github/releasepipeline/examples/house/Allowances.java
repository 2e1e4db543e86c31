package io.github.releasepipeline.examples.house;

import java.util.Set;

/** Classes that a rule leaves out, each for a reason. A test fails when the reason is gone. */
final class Allowances {
    static final Set<String> NONE = Set.of();

    /** Where the house is wired to the machine's clock, or follows it for a person who waits. */
    static final Set<String> CLOCKS = Set.of(
            // The defaults, replaced by the builder's clock(…) and nanoTime(…).
            "io.github.releasepipeline.PipelineBuilder",
            // The default, replaced by the builder's ids(…).
            "io.github.releasepipeline.SortableIds",
            // How long a caller waits is the caller's own time; nothing is decided by it.
            "io.github.releasepipeline.Deployment",
            // The default of the factory method; tests hand in another clock.
            "io.github.releasepipeline.jgit.GitPullRequests",
            // The default, replaced by clock(…).
            "io.github.releasepipeline.http.HttpOptions",
            // Repetitions of many callers must not meet; nothing is decided by it.
            "io.github.releasepipeline.http.Pause",
            // Leases are measured by the database's time, followed by a monotonic clock in between.
            "io.github.releasepipeline.dbscheduler.DbSchedulerWork",
            // When a migration was applied is told to people only.
            "io.github.releasepipeline.jdbc.Migrations",
            // An environment in tables stands for a foreign system: it stamps and names its own rows.
            "io.github.releasepipeline.jdbc.Blobs",
            "io.github.releasepipeline.jdbc.ItemSets",
            "io.github.releasepipeline.jdbc.JdbcEnvironment",
            "io.github.releasepipeline.jdbc.StepJournal");

    private Allowances() {}
}
