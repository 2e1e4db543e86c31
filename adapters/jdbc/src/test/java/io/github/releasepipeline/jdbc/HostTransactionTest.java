package io.github.releasepipeline.jdbc;

import static io.github.releasepipeline.jdbc.Nodes.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.releasepipeline.ActingPipeline;
import io.github.releasepipeline.Pipeline;
import io.github.releasepipeline.PipelineBuilder;
import io.github.releasepipeline.changeset.ChangeSet;
import io.github.releasepipeline.changeset.ChangeSetId;
import io.github.releasepipeline.error.NotFoundException;
import io.github.releasepipeline.error.RefusedException;
import io.github.releasepipeline.item.ItemId;
import io.github.releasepipeline.memory.ScriptedTarget;
import io.github.releasepipeline.policy.DeploymentWindow;
import io.github.releasepipeline.release.FailureKind;
import io.github.releasepipeline.release.Release;
import io.github.releasepipeline.release.ReleaseId;
import io.github.releasepipeline.release.ReleaseState;
import io.github.releasepipeline.release.Step;
import io.github.releasepipeline.target.StepOutcome;
import io.github.releasepipeline.version.Version;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host's own tables and the pipeline's commands in one transaction. */
class HostTransactionTest {
    private static final Instant FREEZE = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant THAW = Instant.parse("2026-03-01T18:00:00Z");

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_command_is_kept_with_what_the_host_commits(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            AtomicReference<ChangeSet> made = new AtomicReference<>();

            host.transaction.commit(connection -> {
                order(connection);
                made.set(host.alice.changeSets().create("New", set -> {}));
            });

            assertThat(host.alice.changeSets().get(made.get().id())).isEqualTo(made.get());
            assertThat(host.orders()).isEqualTo(1);
            assertThat(host.alice.audit().verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_command_was_never_given_if_the_host_rolls_back(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            ChangeSet set = host.alice.changeSets().create("Before", wish -> {});
            AtomicReference<ChangeSetId> made = new AtomicReference<>();

            host.transaction.rollBack(connection -> {
                order(connection);
                made.set(host.alice.changeSets().create("New", wish -> {}).id());
                host.alice.changeSets().edit(set.id(), wish -> wish.description("changed"));
            });

            assertThatThrownBy(() -> host.alice.changeSets().get(made.get())).isInstanceOf(NotFoundException.class);
            assertThat(host.alice.changeSets().get(set.id())).isEqualTo(set);
            assertThat(host.alice
                            .changeSets()
                            .edit(set.id(), wish -> wish.description("now"))
                            .description())
                    .isEqualTo("now");
            assertThat(host.orders()).isZero();
            assertThat(host.alice.audit().verify().intact()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_a_thread_did_in_the_transaction_it_sees_and_others_do_not(DataSource source) throws Exception {
        try (Host host = new Host(source)) {
            host.transaction.commit(connection -> {
                ChangeSet made = host.alice.changeSets().create("New", wish -> {});
                host.alice.changeSets().edit(made.id(), wish -> wish.description("more"));

                assertThat(host.alice.changeSets().get(made.id()).description()).isEqualTo("more");
                Thread other = new Thread(
                        () -> assertThatThrownBy(() -> host.alice.changeSets().get(made.id()))
                                .isInstanceOf(NotFoundException.class));
                AtomicReference<Throwable> seen = new AtomicReference<>();
                other.setUncaughtExceptionHandler((thread, error) -> seen.set(error));
                other.start();
                join(other);
                assertThat(seen.get()).isNull();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_refused_command_undoes_nothing_that_the_host_did(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            ChangeSet set = host.alice.changeSets().create("Empty", wish -> {});

            host.transaction.commit(connection -> {
                order(connection);
                assertThatThrownBy(() -> host.alice.changeSets().propose(set.id()))
                        .isInstanceOf(RefusedException.class);
                order(connection);
            });

            assertThat(host.orders()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void a_release_that_is_ordered_in_it_runs_once_the_host_has_committed(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            Version version = host.version();
            AtomicReference<ReleaseId> ordered = new AtomicReference<>();

            host.transaction.commit(connection -> ordered.set(host.ordered(version, "first")));

            assertThat(host.ends(ordered.get()).succeeded()).isTrue();
        }
    }

    @Test
    void a_release_that_is_ordered_in_it_runs_also_if_nobody_hears_of_the_commit() throws SQLException {
        UnaryOperator<PipelineBuilder> upkeep = wiring -> wiring.maintainedEvery(Duration.ofMillis(100));
        try (Host host = new Host(PostgresServer.newDatabase(), upkeep)) {
            Version version = host.version();
            AtomicReference<ReleaseId> ordered = new AtomicReference<>();

            host.transaction.commitUnheard(connection -> ordered.set(host.ordered(version, "first")));

            assertThat(host.ends(ordered.get()).succeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_waits_for_a_repair_runs_once_the_host_has_committed_it(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            host.office.failNext(
                    Step.ACTIVATE,
                    new StepOutcome.Failed(
                            FailureKind.ERRORED, "half done", List.of(new ItemId("workflow", "flows/a"))));
            ReleaseId waiting = host.waitingBehind(() -> {});

            host.transaction.commit(connection -> {
                host.alice.environments().repaired("office", "put back by hand");
                host.idle();
            });

            assertThat(host.ends(waiting).succeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_waits_for_leave_to_go_runs_once_the_host_has_committed_it(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            ReleaseId waiting = host.waitingBehind(() -> host.nodes.clock.advance(Duration.ofHours(4)));

            host.transaction.commit(connection -> {
                host.alice.releases().overrideWindow(waiting, "customers are down");
                host.idle();
            });

            assertThat(host.ends(waiting).succeeded()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.releasepipeline.jdbc.EachDatabase#empty")
    void what_calls_other_systems_between_two_commits_is_refused_in_it(DataSource source) throws SQLException {
        try (Host host = new Host(source)) {
            long number = host.nodes.merged();
            host.alice.pullRequests().synchronize();
            ChangeSet set = host.alice.changeSets().create("New", wish -> wish.pullRequests(number));

            host.transaction.commit(connection -> {
                assertThatThrownBy(() -> host.alice.versions().publish(set.id()))
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("Publishing a version");
                assertThatThrownBy(() -> host.alice.pullRequests().synchronize())
                        .isInstanceOf(RefusedException.class)
                        .hasMessageContaining("Reading pull requests");
                assertThatThrownBy(() -> host.alice.pullRequests().merge(number))
                        .isInstanceOf(RefusedException.class);
            });

            assertThat(host.nodes.repository.tags()).isEmpty();
            assertThat(host.alice.versions().publish(set.id()).state().published())
                    .isPresent();
        }
    }

    private static void held(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void order(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into orders values ('one')");
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(60_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A host with a table of its own. */
    private static final class Host implements AutoCloseable {
        private final DataSource source;
        private final HostTransaction transaction;
        private final Nodes nodes;
        private final Pipeline pipeline;
        private final ActingPipeline alice;
        private final ScriptedTarget office = new ScriptedTarget();
        private final ThreadPoolExecutor threads = (ThreadPoolExecutor) Executors.newCachedThreadPool();

        Host(DataSource source) throws SQLException {
            this(source, PipelineBuilder::maintainedByHost);
        }

        Host(DataSource source, UnaryOperator<PipelineBuilder> upkeep) throws SQLException {
            this.source = source;
            transaction = new HostTransaction(source);
            nodes = new Nodes(JdbcPipelineStore.on(source, options -> options.joining(transaction)));
            pipeline = nodes.start(wiring -> upkeep.apply(wiring)
                    .workerThreads(threads)
                    .environment("office", office, env -> env.window(DeploymentWindow.deny("freeze", FREEZE, THAW))));
            alice = pipeline.as(ALICE);
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table orders (what varchar(10))");
            }
        }

        /** Queues a release behind one that runs, and lets that one end after something has happened. */
        ReleaseId waitingBehind(Runnable meanwhile) {
            CountDownLatch go = new CountDownLatch(1);
            office.before(Step.BACKUP, () -> held(go));
            ReleaseId running = deploy();
            ReleaseId waiting = deploy();
            meanwhile.run();
            go.countDown();
            ends(running);
            idle();
            assertThat(alice.releases().get(waiting).state().kind()).isEqualTo(ReleaseState.Kind.QUEUED);
            return waiting;
        }

        private ReleaseId deploy() {
            return ordered(version(), "office");
        }

        ReleaseId ordered(Version version, String environment) {
            Release release = alice.releases().request(version.id(), environment);
            return alice.releases().deploy(release.id()).id();
        }

        Release ends(ReleaseId id) {
            return alice.releases().follow(id).await(Duration.ofMinutes(1));
        }

        /** Waits until nothing is done in the background. */
        void idle() {
            await().until(() -> threads.getTaskCount() == threads.getCompletedTaskCount());
        }

        Version version() {
            long number = nodes.merged();
            alice.pullRequests().synchronize();
            ChangeSet set = alice.changeSets().create("Shipped", wish -> wish.pullRequests(number));
            return alice.versions().publish(set.id());
        }

        int orders() throws SQLException {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from orders")) {
                row.next();
                return row.getInt(1);
            }
        }

        @Override
        public void close() {
            nodes.close();
        }
    }
}
