package io.github.releasepipeline;

import io.github.releasepipeline.actor.AccessPolicy;
import io.github.releasepipeline.attestation.Signer;
import io.github.releasepipeline.core.deployment.Errands;
import io.github.releasepipeline.core.deployment.Launcher;
import io.github.releasepipeline.core.deployment.OwnThreads;
import io.github.releasepipeline.core.deployment.Planner;
import io.github.releasepipeline.core.deployment.Workers;
import io.github.releasepipeline.core.engine.Access;
import io.github.releasepipeline.core.engine.Engine;
import io.github.releasepipeline.core.engine.Pulse;
import io.github.releasepipeline.core.environment.WiredEnvironment;
import io.github.releasepipeline.core.environment.WiredEnvironments;
import io.github.releasepipeline.core.outbox.Relay;
import io.github.releasepipeline.core.source.Differences;
import io.github.releasepipeline.core.source.PullRequestSync;
import io.github.releasepipeline.core.version.Attesting;
import io.github.releasepipeline.core.version.HistoryImport;
import io.github.releasepipeline.core.version.Line;
import io.github.releasepipeline.core.version.Lines;
import io.github.releasepipeline.core.version.MergedPullRequests;
import io.github.releasepipeline.core.version.Proposer;
import io.github.releasepipeline.core.version.Publisher;
import io.github.releasepipeline.core.version.Riders;
import io.github.releasepipeline.core.version.VersionProof;
import io.github.releasepipeline.difference.StructureComparer;
import io.github.releasepipeline.error.ConfigurationException;
import io.github.releasepipeline.item.ItemKind;
import io.github.releasepipeline.item.PathGlob;
import io.github.releasepipeline.notify.Notifier;
import io.github.releasepipeline.policy.AutoChangeSetRule;
import io.github.releasepipeline.policy.ChangeSetReview;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.policy.EnvironmentPolicy;
import io.github.releasepipeline.policy.MissingHotfixes;
import io.github.releasepipeline.policy.NotesPolicy;
import io.github.releasepipeline.policy.Stowaways;
import io.github.releasepipeline.source.ItemRepository;
import io.github.releasepipeline.source.SourceControl;
import io.github.releasepipeline.store.PipelineStore;
import io.github.releasepipeline.subject.Spans;
import io.github.releasepipeline.target.DeploymentTarget;
import io.github.releasepipeline.work.WorkSharing;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Wires a pipeline. Every mistake is reported at once by {@link #build()}. Used by one thread. */
public final class PipelineBuilder {
    private final List<String> problems = new ArrayList<>();
    private final Map<String, WiredEnvironment> environments = new LinkedHashMap<>();
    private final List<ItemKind> kinds = new ArrayList<>();
    private final List<Notifier> notifiers = new ArrayList<>();
    private Optional<PipelineStore> store = Optional.empty();
    private Optional<SourceControl> source = Optional.empty();
    private Optional<ItemRepository> repository = Optional.empty();
    private AccessPolicy access = AccessPolicy.everyone();
    private ChangeSetReview review = ChangeSetReview.NOT_NEEDED;
    private final List<AutoChangeSetRule> rules = new ArrayList<>();
    private Stowaways stowaways = Stowaways.FAIL;
    private NotesPolicy notes = NotesPolicy.none();
    private Optional<Signer> signer = Optional.empty();
    private MissingHotfixes missingHotfixes = MissingHotfixes.FAIL;
    private final List<Line> components = new ArrayList<>();
    private Clock clock = Clock.systemUTC();
    private LongSupplier nanos = System::nanoTime;
    private Optional<StructureComparer> structures = Optional.empty();
    private Optional<ExecutorService> workerThreads = Optional.empty();
    private Optional<WorkSharing> work = Optional.empty();
    private Optional<Duration> maintained = Optional.of(Duration.ofSeconds(30));
    private Duration sealed = Duration.ofHours(1);
    private Optional<Duration> logsKept = Optional.empty();
    private Optional<Supplier<String>> ids = Optional.empty();

    PipelineBuilder() {}

    /** Where pull requests come from. Mandatory. */
    public PipelineBuilder sourceControl(SourceControl value) {
        source = Optional.of(value);
        return this;
    }

    /** The Git repository with the items. Mandatory. */
    public PipelineBuilder repository(ItemRepository value) {
        repository = Optional.of(value);
        return this;
    }

    /** Where everything is kept. Mandatory. Closed with the pipeline. */
    public PipelineBuilder store(PipelineStore value) {
        store = Optional.of(value);
        return this;
    }

    /** What is managed; at least one kind. A file belongs to the first kind that matches it. */
    public PipelineBuilder items(ItemKind... values) {
        kinds.addAll(List.of(values));
        return this;
    }

    /** Compares items by their values; by their lines only, unless said here. */
    public PipelineBuilder compareItems(StructureComparer value) {
        structures = Optional.of(value);
        return this;
    }

    /** Adds an environment that demands nothing, for development. */
    public PipelineBuilder environment(String name, DeploymentTarget target) {
        return environment(name, target, environment -> {});
    }

    /** Adds an environment. */
    public PipelineBuilder environment(String name, DeploymentTarget target, Consumer<EnvironmentBuilder> demands) {
        EnvironmentBuilder builder = new EnvironmentBuilder();
        try {
            builder.hear(demands);
            EnvironmentPolicy policy = builder.policy();
            builder.problems(target).forEach(problem -> problems.add("Environment '" + name + "': " + problem));
            WiredEnvironment wired = new WiredEnvironment(new EnvironmentName(name), policy, target, builder.gates());
            if (environments.put(name, wired) != null) {
                problems.add("Environment '" + name + "' is configured twice");
            }
        } catch (IllegalArgumentException e) {
            problems.add("Environment '" + name + "': " + e.getMessage());
        }
        return this;
    }

    /** Adds somebody who wants to hear of events. */
    public PipelineBuilder notifier(Notifier notifier) {
        notifiers.add(notifier);
        return this;
    }

    /** Who may do what; everybody may do everything unless said here. */
    public PipelineBuilder access(AccessPolicy policy) {
        access = policy;
        return this;
    }

    /** Whether change sets need a review; not unless said here. */
    public PipelineBuilder changeSetReview(ChangeSetReview value) {
        review = value;
        return this;
    }

    /**
     * Adds rules that put merged pull requests into change sets, and may version and deploy them. Of those that match a
     * merge, the one added first takes it. They are asked for no permission: to configure them is to allow what they do.
     */
    public PipelineBuilder autoChangeSetRules(List<AutoChangeSetRule> values) {
        rules.addAll(values);
        return this;
    }

    /** Adds rules, see {@link #autoChangeSetRules(List)}. */
    public PipelineBuilder autoChangeSetRules(AutoChangeSetRule... values) {
        return autoChangeSetRules(List.of(values));
    }

    /** What to do with changes that ride along; the version is refused unless said otherwise here. */
    public PipelineBuilder stowaways(Stowaways value) {
        stowaways = value;
        return this;
    }

    /** What is demanded of release notes; nothing unless said here. */
    public PipelineBuilder notes(NotesPolicy policy) {
        notes = policy;
        return this;
    }

    /** Attests each version that is published from now on, signed with this key; without one there are no attestations. */
    public PipelineBuilder attest(Signer value) {
        signer = Optional.of(value);
        return this;
    }

    /** What to do with a version that lacks an earlier hotfix; it is refused unless said otherwise here. */
    public PipelineBuilder missingHotfixes(MissingHotfixes value) {
        missingHotfixes = value;
        return this;
    }

    /**
     * Adds a component with a line of versions of its own, tagged {@code component-v1.2.3}, beside the repository's one line.
     * Such a version holds the component's items only, and goes into environments of that component only.
     *
     * @param name up to 100 of a-z, 0-9, '.', '_' and '-'
     * @param globs paths of the managed items that belong to it, as in {@link ItemKind}; at least one
     */
    public PipelineBuilder component(String name, String... globs) {
        try {
            components.add(new Line(name, Arrays.stream(globs).map(PathGlob::of).toList()));
        } catch (IllegalArgumentException e) {
            problems.add("Component '" + name + "': " + e.getMessage());
        }
        return this;
    }

    /** How often the audit trail is sealed, besides at each publishing; every hour unless said here. Zero: at each upkeep. */
    public PipelineBuilder sealAuditEvery(Duration value) {
        missing(problems, value.isNegative(), "The audit trail is sealed after a time of zero or more, not " + value);
        sealed = bounded("The time between two seals", value);
        return this;
    }

    /** Drops log lines of ended releases when they are this old; kept for ever unless said here. */
    public PipelineBuilder keepLogs(Duration value) {
        missing(problems, value.isNegative(), "Logs are kept for a time of zero or more, not " + value);
        logsKept = Optional.of(bounded("The time for which logs are kept", value));
        return this;
    }

    /** Tells the time instead of the system, for tests. */
    public PipelineBuilder clock(Clock value) {
        clock = value;
        return this;
    }

    /** Measures durations instead of {@link System#nanoTime()}, for tests. */
    public PipelineBuilder nanoTime(LongSupplier value) {
        nanos = value;
        return this;
    }

    /**
     * Runs deployments on these threads instead of the library's own; shut down with the pipeline. One is taken by each release
     * that runs, and for a moment by what starts what waits. Targets and gates are called on threads of their own. For one
     * process on one store; where the work is shared ({@link #work}), they do no more than start what waits.
     */
    public PipelineBuilder workerThreads(ExecutorService value) {
        workerThreads = Optional.of(value);
        return this;
    }

    /** Shares the running releases among several nodes instead of running them here. Closed with the pipeline. */
    public PipelineBuilder work(WorkSharing value) {
        work = Optional.of(value);
        return this;
    }

    /** Does the work of {@link Pipeline#maintain()} so often, in the background; every 30 seconds unless said here. */
    public PipelineBuilder maintainedEvery(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            problems.add("Maintenance is done every so often, not every " + interval);
        }
        maintained = Optional.of(bounded("The time between two rounds of maintenance", interval));
        return this;
    }

    /** Leaves it to the host to call {@link Pipeline#maintain()}. Says nothing where the work is shared ({@link #work}). */
    public PipelineBuilder maintainedByHost() {
        maintained = Optional.empty();
        return this;
    }

    /** Makes ids, unique for ever, for tests. */
    public PipelineBuilder ids(Supplier<String> value) {
        ids = Optional.of(value);
        return this;
    }

    /**
     * Puts the pipeline together, and begins to take care of it in the background.
     *
     * @throws ConfigurationException listing every mistake
     */
    public Pipeline build() {
        check();
        PipelineStore wiredStore = store.orElseThrow();
        SourceControl wiredSource = source.orElseThrow();
        ItemRepository wiredRepository = repository.orElseThrow();
        WiredEnvironments wired = new WiredEnvironments(List.copyOf(environments.values()));
        Pulse pulse = new Pulse();
        Engine engine = new Engine(wiredStore, notifiers, clock, ids.orElseGet(() -> new SortableIds(clock)), pulse);
        Lines lines = new Lines(components);
        MergedPullRequests merged = new MergedPullRequests(wiredStore.tables());
        Proposer proposer = new Proposer(engine, merged, wiredRepository, wiredSource.repository(), kinds, lines);
        Publisher publisher = new Publisher(
                engine,
                wiredRepository,
                new Riders(stowaways, missingHotfixes),
                notes,
                signer.map(key -> new Attesting(engine, wiredSource.repository(), key)));
        VersionProof proof = new VersionProof(engine, wiredRepository, kinds);
        Planner planner = new Planner(engine, wiredRepository);
        ExecutorService threads = workerThreads.orElseGet(Workers::ownThreads);
        Errands errands = new Errands(threads);
        WorkSharing sharing = work.orElseGet(() -> new OwnThreads(threads, engine::now, maintained));
        Launcher launcher = new Launcher(engine, wired, planner, sharing, errands);
        Workers workers =
                new Workers(engine, wired, planner, launcher, proof, wiredSource.repository(), nanos, errands);
        return new Pipeline(new Wiring(
                wiredStore,
                wiredSource,
                wiredRepository,
                List.copyOf(kinds),
                wired,
                review,
                new Access(access),
                engine,
                pulse,
                new PullRequestSync(engine, wiredSource, rules, review),
                new Differences(wiredRepository, structures),
                proposer,
                publisher,
                proof,
                new HistoryImport(engine, wiredStore.tables(), merged, wiredRepository, kinds, lines),
                planner,
                sharing,
                errands,
                launcher,
                workers,
                new Relay(wiredStore.outbox(), notifiers, engine, pulse),
                sealed,
                logsKept));
    }

    private void check() {
        List<String> found = new ArrayList<>(problems);
        missing(found, store.isEmpty(), "No store: say store(…)");
        missing(found, source.isEmpty(), "No source control: say sourceControl(…)");
        missing(found, repository.isEmpty(), "No repository: say repository(…)");
        missing(found, kinds.isEmpty(), "Nothing is managed: say items(…)");
        missing(
                found,
                kinds.stream().map(ItemKind::name).distinct().count() < kinds.size(),
                "Two item kinds have the same name");
        Set<String> unknown = new LinkedHashSet<>(notes.kinds());
        kinds.forEach(kind -> unknown.remove(kind.name()));
        missing(found, !unknown.isEmpty(), "The policy of notes speaks of kinds that are not managed: " + unknown);
        missing(
                found,
                notifiers.stream().map(Notifier::name).distinct().count() < notifiers.size(),
                "Two notifiers have the same name");
        components.forEach(component -> component(component).ifPresent(found::add));
        missing(
                found,
                components.stream().map(Line::name).distinct().count() < components.size(),
                "Two components have the same name");
        Lines lines = new Lines(components);
        environments.forEach((name, environment) -> missing(
                found,
                !lines.has(environment.policy().line()),
                "Environment '" + name + "': there is no component '"
                        + environment.policy().line() + "'"));
        Upstreams upstreams = new Upstreams(environments);
        environments.forEach((name, environment) -> upstreams
                .problem(environment)
                .ifPresent(problem -> found.add("Environment '" + name + "': " + problem)));
        found.addAll(new RuleProblems(environments).of(rules));
        if (!found.isEmpty()) {
            throw new ConfigurationException(found);
        }
    }

    /** A component whose name ends like a tag could have the tag of another line. */
    private static Optional<String> component(Line component) {
        String name = component.name();
        if (!name.matches("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?")) {
            return Optional.of("A component is named with a-z, 0-9, '.', '_' and '-', not '" + name + "'");
        }
        if (name.matches("(.*-)?v[0-9].*")) {
            return Optional.of("A component is not named like a version: '" + name + "'");
        }
        return component.paths().isEmpty()
                ? Optional.of("Component '" + name + "' has no items: say which paths")
                : Optional.empty();
    }

    private Duration bounded(String what, Duration time) {
        try {
            return Spans.bounded(what, time);
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return time;
        }
    }

    private static void missing(List<String> found, boolean wrong, String problem) {
        if (wrong) {
            found.add(problem);
        }
    }
}
