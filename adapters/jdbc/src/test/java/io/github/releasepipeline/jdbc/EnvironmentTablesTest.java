package io.github.releasepipeline.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.item.Digest;
import io.github.releasepipeline.item.Item;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.item.Manifest;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.ItemOperation;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepLog;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.tck.RecordingStepLog;
import io.github.releasepipeline.tck.Sample;
import io.github.releasepipeline.tck.TextArtifacts;
import io.github.releasepipeline.version.VersionNumber;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentTablesTest {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final TextArtifacts ONE =
            TextArtifacts.of(Map.of("workflows/a.json", "a1", "workflows/b.json", "b1"));
    private static final TextArtifacts TWO =
            TextArtifacts.of(Map.of("workflows/a.json", "a2", "workflows/c.json", "c2"));
    private static final TextArtifacts EDITED =
            TextArtifacts.of(Map.of("workflows/a.json", "b1", "workflows/b.json", "b1"));

    private static final int KEYS = 200;
    private static final List<String> KEY_LIST =
            IntStream.range(0, KEYS).mapToObj(i -> "execution-" + i).toList();

    private final AtomicInteger calls = new AtomicInteger();
    private final RecordingStepLog log = new RecordingStepLog();

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void executions_read_the_active_items_and_keep_what_they_began_with(DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        assertThat(environment.active()).isEmpty();
        deploy(environment, ONE);
        EnvironmentItems began = environment.active().orElseThrow();

        deploy(environment, TWO);

        assertThat(text(began, "workflows/a.json")).isEqualTo("a1");
        assertThat(began.manifest()).isEqualTo(ONE.manifest());
        EnvironmentItems now = environment.active().orElseThrow();
        assertThat(text(now, "workflows/a.json")).isEqualTo("a2");
        assertThat(now.version()).isEqualTo("v1.3.0");
        assertThat(now.ofKind("workflow")).hasSize(2);
        assertThat(now.ofKind("agent")).isEmpty();
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> now.read("workflows/b.json"));

        deploy(environment, ONE);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(began::manifest);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void new_executions_get_nothing_between_deactivation_and_activation(DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);

        assertDone(environment.deactivate(call(Step.DEACTIVATE, ONE)));
        assertThat(environment.active()).isEmpty();

        assertDone(environment.activate(call(Step.ACTIVATE, ONE)));
        assertThat(environment.active()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_canary_gets_its_part_of_new_executions_and_a_key_stays_with_its_version_when_the_part_grows(
            DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, TWO), TWO));
        assertThat(triedOut(environment)).isEmpty();

        assertDone(environment.canary(call(Step.CANARY, TWO), 10));
        Set<String> tenth = triedOut(environment);
        assertDone(environment.canary(call(Step.CANARY, TWO), 50));
        Set<String> half = triedOut(environment);

        assertThat(tenth).hasSizeBetween(KEYS / 20, KEYS / 5);
        assertThat(half).hasSizeBetween(2 * KEYS / 5, 3 * KEYS / 5).containsAll(tenth);
        assertThat(environment.active().orElseThrow().manifest()).isEqualTo(ONE.manifest());

        assertDone(environment.activate(call(Step.ACTIVATE, TWO)));
        assertThat(triedOut(environment)).hasSize(KEYS);
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_canary_that_is_taken_back_gets_no_new_execution_and_those_that_began_there_can_end(DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, TWO), TWO));
        assertDone(environment.canary(call(Step.CANARY, TWO), 50));
        EnvironmentItems began =
                environment.activeFor(triedOut(environment).iterator().next()).orElseThrow();

        assertDone(environment.restore(call(Step.RESTORE, TWO), new RestoreSource.FromArtifacts(ONE)));

        assertThat(triedOut(environment)).isEmpty();
        assertThat(text(began, "workflows/a.json")).isEqualTo("a2");

        deploy(environment, ONE);
        assertThatExceptionOfType(NotFoundException.class).isThrownBy(began::manifest);
    }

    @Test
    void each_way_to_change_an_environment_ends_a_canary() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION);
        deploy(environment, ONE);
        for (Runnable change : List.<Runnable>of(
                () -> assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, ONE), ONE)),
                () -> assertDone(environment.deactivate(call(Step.DEACTIVATE, ONE))),
                () -> assertDone(environment.activate(call(Step.ACTIVATE, TWO))))) {
            assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, TWO), TWO));
            assertDone(environment.canary(call(Step.CANARY, TWO), 99));
            change.run();
            Optional<Manifest> all = environment.active().map(EnvironmentItems::manifest);
            assertThat(KEY_LIST)
                    .allMatch(key -> environment
                            .activeFor(key)
                            .map(EnvironmentItems::manifest)
                            .equals(all));
        }
    }

    private static Set<String> triedOut(JdbcEnvironment environment) {
        return KEY_LIST.stream()
                .filter(key ->
                        environment.activeFor(key).orElseThrow().manifest().equals(TWO.manifest()))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void drift_is_seen_and_does_not_reach_the_backup(DataSource source) throws SQLException {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        StepOutcome.BackedUp backup = (StepOutcome.BackedUp) environment.backUp(call(Step.BACKUP, ONE));
        editOneByHand(source);

        assertThat(environment.observe().active()).isNotEqualTo(ONE.manifest());
        assertThat(environment.check(call(Step.VERIFY, ONE))).isInstanceOf(StepOutcome.Failed.class);

        assertDone(environment.restore(call(Step.RESTORE, ONE), new RestoreSource.FromBackup(backup.backup())));
        assertDone(environment.activate(call(Step.ACTIVATE_PREVIOUS, ONE)));
        assertDone(environment.check(call(Step.VERIFY, ONE)));
        assertThat(environment.observe().active()).isEqualTo(ONE.manifest());
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void drifted_items_that_a_backup_captured_pass_the_check_when_they_are_restored(DataSource source)
            throws SQLException {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        editOneByHand(source);
        StepOutcome.BackedUp backup = (StepOutcome.BackedUp) environment.backUp(call(Step.BACKUP, TWO));
        deploy(environment, TWO);

        assertDone(environment.restore(call(Step.RESTORE, EDITED), new RestoreSource.FromBackup(backup.backup())));
        assertDone(environment.activate(call(Step.ACTIVATE_PREVIOUS, EDITED)));

        assertDone(environment.check(call(Step.VERIFY, EDITED)));
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_is_restored_from_a_backup_belongs_to_the_version_that_is_gone_back_to(DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        StepOutcome.BackedUp backup = (StepOutcome.BackedUp) environment.backUp(call(Step.BACKUP, TWO));
        deploy(environment, TWO);

        StepCall goBack = call(Step.RESTORE, ONE, Sample.number(1, 2, 0), log);
        assertDone(environment.restore(goBack, new RestoreSource.FromBackup(backup.backup())));
        assertDone(environment.activate(call(Step.ACTIVATE_PREVIOUS, ONE)));

        assertThat(environment.active().orElseThrow().version()).isEqualTo("v1.2.0");
    }

    /** Makes {@link #EDITED} of an active {@link #ONE}. */
    private static void editOneByHand(DataSource source) throws SQLException {
        MigrationsTest.run(
                source,
                "update release_pipeline_target_item set digest = '"
                        + Digest.of("b1").hex()
                        + "' where path = 'workflows/a.json' and item_set = (select active_set from release_pipeline_target)");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void damaged_bytes_fail_the_check_and_the_next_deployment_repairs_them(DataSource source) throws SQLException {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION);
        deploy(environment, ONE);
        MigrationsTest.run(
                source,
                "update release_pipeline_target_blob set content = (select content from"
                        + " release_pipeline_target_blob where digest = '"
                        + Digest.of("b1").hex() + "')");

        assertThat(environment.check(call(Step.VERIFY, ONE)))
                .isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
                    assertThat(failed.failure()).isEqualTo(FailureKind.ERRORED);
                    assertThat(failed.message()).contains("workflows/a.json").contains("damaged");
                });

        deploy(environment, ONE);
        assertDone(environment.check(call(Step.VERIFY, ONE)));
        assertThat(text(environment.active().orElseThrow(), "workflows/a.json")).isEqualTo("a1");
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void smoke_tests_see_the_staged_items_and_decide(DataSource source) {
        JdbcEnvironment environment = JdbcEnvironment.on(source, PRODUCTION)
                .smokeTest(
                        "has items",
                        items -> items.manifest().items().isEmpty() ? Optional.of("no items") : Optional.empty())
                .smokeTest(
                        "a is old",
                        items -> text(items, "workflows/a.json").equals("a1")
                                ? Optional.empty()
                                : Optional.of("a is " + text(items, "workflows/a.json")))
                .smokeTest(
                        "b is there",
                        items -> Optional.of(items.read("workflows/b.json"))
                                .map(bytes -> "empty")
                                .filter(text -> items.read("workflows/b.json").length == 0));

        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, ONE), ONE));
        assertDone(environment.check(call(Step.POST_DEPLOYMENT_CHECKS, ONE)));
        assertThat(log.lines())
                .containsExactly(
                        "success: Created workflow: a",
                        "success: Created workflow: b",
                        "success: Database connection healthy",
                        "success: Items complete (2 workflows)",
                        "success: Checksums verified (2 items)",
                        "success: Smoke tests passed (3/3)");

        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, TWO), TWO));
        StepOutcome outcome = environment.check(call(Step.POST_DEPLOYMENT_CHECKS, TWO));
        assertThat(outcome).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.message()).isEqualTo("Smoke test 'a is old' failed: a is a2 (1/3)");
        });
        assertThat(log.lines())
                .contains(
                        "error: Smoke test 'b is there' failed: NotFoundException: There is no item 'workflows/b.json'");
    }

    @Test
    void pre_deployment_checks_tell_of_the_connection_and_of_what_the_host_looks_at() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION)
                .precondition("Gateway connectivity", Optional::empty)
                .precondition("Database schema", Optional::empty);

        assertDone(environment.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE)));

        assertThat(log.lines())
                .containsExactly(
                        "success: Database connection healthy",
                        "success: Gateway connectivity verified",
                        "success: Database schema verified");
    }

    @Test
    void a_precondition_that_does_not_hold_is_an_error_of_the_infrastructure_and_the_others_are_told_too() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION)
                .precondition("Gateway connectivity", () -> Optional.of("connection refused"))
                .precondition("Database schema", () -> {
                    throw new AssertionError("no table of agents");
                });

        assertThat(environment.check(call(Step.PRE_DEPLOYMENT_CHECKS, ONE)))
                .isEqualTo(new StepOutcome.Failed(
                        FailureKind.ERRORED, "Gateway connectivity failed: connection refused", List.of()));
        assertThat(log.lines())
                .endsWith(
                        "error: Gateway connectivity failed: connection refused",
                        "error: Database schema failed: AssertionError: no table of agents");
    }

    @Test
    void updates_and_deletions_are_told_by_name() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION);
        deploy(environment, ONE);
        TextArtifacts next = TWO.against(environment.observe().active());

        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, next), next));

        assertThat(log.lines())
                .endsWith(
                        "success: Updated workflow: a", "success: Created workflow: c", "success: Deleted workflow: b");
    }

    @Test
    void two_backups_in_one_second_have_two_names() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION);

        List<String> names = IntStream.range(0, 5)
                .mapToObj(i -> (StepOutcome.BackedUp) environment.backUp(call(Step.BACKUP, ONE)))
                .map(made -> made.backup().reference())
                .toList();

        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("backup-production-\\d{8}-\\d{6}(-\\d)?"));
    }

    @Test
    void an_item_that_is_too_large_is_a_fault_of_the_version() {
        JdbcEnvironment environment = JdbcEnvironment.on(EachDatabase.sqlite(), PRODUCTION);
        Item item = new Item(new ItemId("workflow", "workflows/huge.json"), Digest.of("x"));

        StepOutcome outcome = environment.stage(call(Step.DEPLOY_ARTIFACTS, ONE), new Endless(item));

        assertThat(outcome).isInstanceOfSatisfying(StepOutcome.Failed.class, failed -> {
            assertThat(failed.failure()).isEqualTo(FailureKind.FAILED);
            assertThat(failed.message()).contains("larger than the 50 MB");
        });
    }

    @Test
    void the_environment_may_live_in_the_file_of_the_store_whose_log_it_writes(@TempDir Path folder) {
        Path file = folder.resolve("all.db");
        ReleaseId release = new ReleaseId("r-1");
        try (JdbcPipelineStore store = JdbcPipelineStore.embedded(file);
                JdbcEnvironment environment = JdbcEnvironment.embedded(file, PRODUCTION)) {
            StepLog stored = new StoredLog(store, release);

            assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, ONE, stored), new Looking(ONE, store)));
            assertDone(environment.check(call(Step.POST_DEPLOYMENT_CHECKS, ONE, stored)));
            assertDone(environment.activate(call(Step.ACTIVATE, ONE, stored)));

            assertThat(store.logs().after(release, 0, 100))
                    .extracting(line -> line.entry().text())
                    .contains("Created workflow: a")
                    // The engine writes this line, from the outcome.
                    .doesNotContain("Version v1.3.0 is now active in production");
        }
    }

    private void deploy(JdbcEnvironment environment, TextArtifacts artifacts) {
        assertDone(environment.stage(call(Step.DEPLOY_ARTIFACTS, artifacts), artifacts));
        assertDone(environment.activate(call(Step.ACTIVATE, artifacts)));
    }

    private StepCall call(Step step, TextArtifacts artifacts) {
        return call(step, artifacts, log);
    }

    private StepCall call(Step step, TextArtifacts artifacts, StepLog to) {
        return call(step, artifacts, Sample.number(1, 3, 0), to);
    }

    private StepCall call(Step step, TextArtifacts artifacts, VersionNumber version, StepLog to) {
        return new StepCall(
                new ReleaseId("r-1"),
                PRODUCTION,
                step,
                "key-" + calls.incrementAndGet(),
                1,
                version,
                artifacts.manifest().digest(),
                to);
    }

    private static void assertDone(StepOutcome outcome) {
        assertThat(outcome).isInstanceOf(StepOutcome.Done.class);
    }

    private static String text(EnvironmentItems items, String path) {
        return new String(items.read(path), StandardCharsets.UTF_8);
    }

    /** Artifacts of one item that never ends. */
    private record Endless(Item item) implements Artifacts {
        @Override
        public Manifest manifest() {
            return new Manifest(List.of(item));
        }

        @Override
        public List<ItemOperation> operations() {
            return List.of();
        }

        @Override
        public InputStream open(ItemId id) {
            return new InputStream() {
                @Override
                public int read() {
                    return 'x';
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    return length;
                }
            };
        }
    }

    /** Artifacts whose reading writes to the store. */
    private record Looking(TextArtifacts texts, JdbcPipelineStore store) implements Artifacts {
        @Override
        public Manifest manifest() {
            return texts.manifest();
        }

        @Override
        public List<ItemOperation> operations() {
            return texts.operations();
        }

        @Override
        public InputStream open(ItemId id) {
            boolean kept = store.transact(session -> {
                session.keep(texts.manifest());
                return true;
            });
            assertThat(kept).isTrue();
            return texts.open(id);
        }
    }

    /** A log that stores each line at once, as the engine's does. */
    private record StoredLog(JdbcPipelineStore store, ReleaseId release) implements StepLog {
        @Override
        public void info(String line) {
            boolean done = store.transact(session -> {
                session.log(List.of(Sample.line(release, line)));
                return true;
            });
            assertThat(done).isTrue();
        }

        @Override
        public void success(String line) {
            info(line);
        }

        @Override
        public void warning(String line) {
            info(line);
        }

        @Override
        public void error(String line) {
            info(line);
        }
    }
}
