package io.github.releasepipeline.jdbc;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.Backup;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.ResumableTarget;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * An environment that keeps its items in tables of SQLite or PostgreSQL. A version is staged as a complete set, and made
 * active by switching one pointer in one transaction; executions read the active set with {@link #active()}.
 *
 * <p>An item may have up to 50 MB. Each backup is a full copy of the list of items; bytes are shared.
 *
 * <p>Backups, bytes and the journal, which has a row for each call and for each check of a watch, are kept for ever. A host may
 * delete from the tables itself, in this order, while no release is running or paused in any environment of the database, and
 * none can start:
 *
 * <ul>
 *   <li>rows of {@code release_pipeline_target_journal}, all of them: it answers for releases that have not ended;
 *   <li>rows of {@code release_pipeline_target_backup} with the set and the items of their {@code item_set}, but not the backup
 *       ({@code Release.backup()}) of the release that is active, of one that has failed, or of one that a failed rollback was to
 *       undo: a rollback may need it, and fails without it;
 *   <li>rows of {@code release_pipeline_target_blob} whose digest no {@code release_pipeline_target_item} has.
 * </ul>
 */
public final class JdbcEnvironment implements ResumableTarget, CanaryTarget, AutoCloseable {
    private final Database database;
    private final String environment;
    private final Map<String, Precondition> preconditions;
    private final Map<String, SmokeTest> smokeTests;
    private final StepJournal journal;

    private JdbcEnvironment(
            Database database,
            String environment,
            Map<String, Precondition> preconditions,
            Map<String, SmokeTest> smokeTests) {
        this.database = database;
        this.environment = environment;
        this.preconditions = preconditions;
        this.smokeTests = smokeTests;
        this.journal = new StepJournal(database, environment);
    }

    /**
     * An environment in a SQLite file, which is made if it is not there. It may be the file of the pipeline's store; the
     * environments in one file are told apart by their names.
     *
     * @throws AdapterException lasting, if the path cannot be such a file; retryable, if another process has locked it
     */
    public static JdbcEnvironment embedded(Path file, EnvironmentName name) {
        return open(Databases.file(file, new StoreOptions(), Databases.PATIENCE), name);
    }

    /**
     * An environment in the host's own PostgreSQL or SQLite. The source stays the host's.
     *
     * @throws AdapterException lasting, if it is another database or its tables cannot be made; retryable, if it cannot be
     *     reached now
     */
    public static JdbcEnvironment on(DataSource source, EnvironmentName name) {
        return open(Databases.on(source, new StoreOptions()), name);
    }

    private static JdbcEnvironment open(Database database, EnvironmentName name) {
        try {
            new Migrations(database, "environment", List.of("001_environment")).run();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return new JdbcEnvironment(database, name.value(), Map.of(), Map.of());
    }

    /** The same environment with one test more, run over staged items before, and over active ones after a rollback. */
    public JdbcEnvironment smokeTest(String name, SmokeTest test) {
        return new JdbcEnvironment(database, environment, preconditions, with(smokeTests, "smoke tests", name, test));
    }

    /**
     * The same environment with one pre-deployment check more.
     *
     * @param name what is looked at; {@code Gateway connectivity} is told as "Gateway connectivity verified"
     */
    public JdbcEnvironment precondition(String name, Precondition check) {
        return new JdbcEnvironment(
                database, environment, with(preconditions, "preconditions", name, check), smokeTests);
    }

    private static <T> Map<String, T> with(Map<String, T> tests, String sort, String name, T test) {
        Map<String, T> more = new LinkedHashMap<>(tests);
        if (more.put(name, test) != null) {
            throw new IllegalArgumentException("There are two " + sort + " named '" + name + "'");
        }
        return Collections.unmodifiableMap(more);
    }

    /** The items for new executions, without those of a canary; empty before the first activation and while the active version is deactivated. */
    public Optional<EnvironmentItems> active() {
        return active(Pointers::active);
    }

    private Optional<EnvironmentItems> active(Function<Pointers, Optional<String>> choice) {
        return database.read(sql -> {
            Pointers pointers = Pointers.read(sql, environment);
            return choice.apply(pointers)
                    .filter(set -> pointers.routing())
                    .flatMap(set -> ItemSets.find(sql, set))
                    .map(set -> new EnvironmentItems(database, set.id(), set.version()));
        });
    }

    /**
     * The items for one new execution; empty like {@link #active()}. During a canary a part of all executions gets the version
     * that is tried out, chosen by a hash of the key: the same key gets the same version, on every node, and keeps it when the
     * part grows.
     *
     * @param execution the execution's key, or that of a customer or session who shall stay with one version
     */
    public Optional<EnvironmentItems> activeFor(String execution) {
        return active(
                pointers -> Shares.isWithin(execution, pointers.canaryPart()) ? pointers.canary() : pointers.active());
    }

    @Override
    public Observation observe() {
        // One statement, so that it cannot see half of a switch.
        return new Observation(new Manifest(database.read(sql -> sql.list(
                "select i.path, i.kind, i.digest from release_pipeline_target t"
                        + " join release_pipeline_target_item i on i.item_set = t.active_set"
                        + " where t.environment = :environment",
                Row.of("environment", environment),
                ItemSets::item))));
    }

    @Override
    public StepOutcome check(StepCall call) {
        Optional<StepOutcome> decided = journal.decided(call);
        if (decided.isPresent()) {
            return decided.get();
        }
        call.log().success("Database connection healthy");
        StepOutcome outcome = call.step() == Step.PRE_DEPLOYMENT_CHECKS
                ? new Preconditions(preconditions, call.log()).check()
                : checkItems(call);
        return journal.once(call, moment -> outcome);
    }

    private StepOutcome checkItems(StepCall call) {
        Pointers pointers = database.read(sql -> Pointers.read(sql, environment));
        Optional<String> staged = call.step() == Step.POST_DEPLOYMENT_CHECKS ? pointers.staged() : Optional.empty();
        Optional<ItemSets.ItemSet> set =
                database.read(sql -> staged.or(pointers::active).flatMap(id -> ItemSets.find(sql, id)));
        if (set.isEmpty()) {
            return told(call, failed(FailureKind.ERRORED, "There are no items to be checked"));
        }
        Digest expected = staged.isPresent() ? call.manifest() : set.get().manifest();
        return new ItemCheck(database, smokeTests, call.log()).run(set.get(), expected);
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        return journal.once(
                call, moment -> new StepOutcome.BackedUp(Backups.make(moment.sql(), moment.pointers(), Instant.now())));
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        StepOutcome outcome = bringIn(call, artifacts);
        if (outcome instanceof StepOutcome.Done) {
            OperationLines.tell(artifacts.operations(), call.log());
            return outcome;
        }
        return told(call, outcome);
    }

    @Override
    public boolean isStaged(Digest manifest) {
        return database.read(sql -> Pointers.read(sql, environment)
                .staged()
                .map(set -> new Manifest(ItemSets.items(sql, set)).digest())
                .filter(manifest::equals)
                .isPresent());
    }

    private StepOutcome bringIn(StepCall call, Artifacts artifacts) {
        Optional<StepOutcome> decided = journal.decided(call);
        if (decided.isPresent()) {
            return decided.get();
        }
        Optional<String> problem = new ItemIntake(database).bringIn(artifacts);
        if (problem.isPresent()) {
            return journal.once(call, moment -> failed(FailureKind.FAILED, problem.get()));
        }
        Manifest manifest = artifacts.manifest();
        return journal.once(call, moment -> {
            String set = ItemSets.create(moment.sql(), manifest, call.version().tag());
            moment.pointers().stage(moment.sql(), set);
            return new StepOutcome.Done(manifest.counts() + " staged");
        });
    }

    @Override
    public StepOutcome canary(StepCall call, int percent) {
        return told(call, journal.once(call, moment -> {
            Optional<StepOutcome> notStaged = notStaged(
                    moment.sql(), call, moment.pointers(), moment.pointers().staged());
            return notStaged.orElseGet(() -> {
                moment.pointers().tryOut(moment.sql(), percent);
                return new StepOutcome.Done(percent + " % of new executions get version " + call.version());
            });
        }));
    }

    @Override
    public StepOutcome activate(StepCall call) {
        return told(call, journal.once(call, moment -> activate(moment, call)));
    }

    private StepOutcome activate(StepJournal.Moment moment, StepCall call) {
        Sql sql = moment.sql();
        Pointers pointers = moment.pointers();
        Optional<StepOutcome> notStaged =
                notStaged(sql, call, pointers, pointers.staged().or(pointers::active));
        if (notStaged.isPresent()) {
            return notStaged.get();
        }
        if (pointers.staged().isPresent()) {
            pointers.activateStaged(sql);
        } else {
            pointers.route(sql, true);
        }
        return new StepOutcome.Done("Version " + call.version() + " is now active in " + environment);
    }

    /** Empty if a set has the items that are called for. */
    private static Optional<StepOutcome> notStaged(Sql sql, StepCall call, Pointers pointers, Optional<String> set) {
        Optional<Digest> there = set.map(id -> new Manifest(ItemSets.items(sql, id)).digest());
        return there.equals(Optional.of(call.manifest()))
                ? Optional.empty()
                : Optional.of(failed(
                        FailureKind.ERRORED,
                        pointers.staged().isPresent()
                                ? "Other items than those of " + call.version() + " are staged"
                                : "Nothing is staged"));
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return told(call, journal.once(call, moment -> {
            moment.pointers().route(moment.sql(), false);
            return new StepOutcome.Done("New executions are no longer routed to the active version");
        }));
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        if (source instanceof RestoreSource.FromArtifacts from) {
            return told(call, bringIn(call, from.artifacts()));
        }
        Backup backup = ((RestoreSource.FromBackup) source).backup();
        return told(call, journal.once(call, moment -> restore(moment, call, backup)));
    }

    private StepOutcome restore(StepJournal.Moment moment, StepCall call, Backup backup) {
        Sql sql = moment.sql();
        Optional<String> kept = Backups.find(sql, environment, backup.reference());
        if (kept.isEmpty()) {
            return failed(FailureKind.ERRORED, "There is no backup '" + backup.reference() + "'");
        }
        Manifest manifest = new Manifest(ItemSets.items(sql, kept.get()));
        if (!manifest.digest().equals(backup.captured())) {
            return failed(FailureKind.ERRORED, "The backup '" + backup.reference() + "' is damaged");
        }
        // Not a copy of the backup's set, which names what was meant: what is captured may be another version's items.
        String set = ItemSets.create(sql, manifest, call.version().tag());
        moment.pointers().stage(sql, set);
        return new StepOutcome.Done("Restored " + manifest.counts() + " from " + backup.reference());
    }

    @Override
    public Probe probe(String attemptKey, long fencingToken) {
        return journal.probe(attemptKey, fencingToken);
    }

    /** Gives back what {@link #embedded} opened; a host's own source stays open. */
    @Override
    public void close() {
        database.close();
    }

    /** Logs a failure; what is done is logged by the engine, from the outcome. */
    private static StepOutcome told(StepCall call, StepOutcome outcome) {
        if (outcome instanceof StepOutcome.Failed failed) {
            call.log().error(failed.message());
        }
        return outcome;
    }

    private static StepOutcome failed(FailureKind kind, String message) {
        return new StepOutcome.Failed(kind, message, List.of());
    }
}
