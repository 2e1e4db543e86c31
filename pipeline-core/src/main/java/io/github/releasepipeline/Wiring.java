package io.github.releasepipeline;

import io.github.releasepipeline.core.deployment.Errands;
import io.github.releasepipeline.core.deployment.Launcher;
import io.github.releasepipeline.core.deployment.Planner;
import io.github.releasepipeline.core.deployment.Workers;
import io.github.releasepipeline.core.engine.Access;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.outbox.Relay;
import io.github.releasepipeline.core.source.Differences;
import io.github.releasepipeline.core.source.PullRequestSync;
import io.github.releasepipeline.core.version.HistoryImport;
import io.github.releasepipeline.core.version.Proposer;
import io.github.releasepipeline.core.version.Publisher;
import io.github.releasepipeline.core.version.VersionProof;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything a pipeline is made of, put together once.
 *
 * @param sealed how often the audit trail is sealed
 * @param logsKept how long log lines stay; empty for ever
 */
record Wiring(
        PipelineStore store,
        SourceControl source,
        ItemRepository repository,
        List<ItemKind> kinds,
        WiredEnvironments environments,
        ChangeSetReview review,
        Access access,
        Engine engine,
        Pulse pulse,
        PullRequestSync sync,
        Differences differences,
        Proposer proposer,
        Publisher publisher,
        VersionProof proof,
        HistoryImport history,
        Planner planner,
        WorkSharing work,
        Errands errands,
        Launcher launcher,
        Workers workers,
        Relay relay,
        Duration sealed,
        Optional<Duration> logsKept) {}
