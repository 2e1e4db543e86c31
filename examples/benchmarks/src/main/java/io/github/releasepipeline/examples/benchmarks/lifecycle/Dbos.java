package io.github.releasepipeline.examples.benchmarks.lifecycle;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.txstep.JdbcStepFactory;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * DBOS Transact: a workflow that receives two approvals and the order to deploy as messages, and makes its records and steps
 * in transactions that also keep the step's outcome.
 */
final class Dbos implements Contender {
    /** A release as a workflow. */
    interface Lifecycle {
        /** Returns when it has succeeded. */
        String release(String id);
    }

    private final DBOS dbos;
    private final Lifecycle lifecycle;

    Dbos(DataSource database) throws SQLException {
        StepRecords.create(database);
        dbos = new DBOS(DBOSConfig.defaults("benchmark").withDataSource(database));
        lifecycle = dbos.registerProxy(Lifecycle.class, new Steps(dbos, new JdbcStepFactory(dbos, database)));
        dbos.launch();
    }

    static final class Steps implements Lifecycle {
        private final DBOS dbos;
        private final JdbcStepFactory transactions;

        Steps(DBOS dbos, JdbcStepFactory transactions) {
            this.dbos = dbos;
            this.transactions = transactions;
        }

        @Override
        @Workflow(name = "release")
        public String release(String id) {
            try {
                record(id, "requested");
                for (String message : new String[] {"approved", "approved", "deploy"}) {
                    record(id, dbos.<String>recv(message, Ours.PATIENCE).orElseThrow());
                }
                for (String step : StepRecords.STEPS) {
                    transactions.txStep(
                            connection -> {
                                StepRecords.log(connection, id, step);
                                StepRecords.audit(connection, id, step);
                                return step;
                            },
                            step);
                }
                record(id, "succeeded");
                return id;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void record(String id, String event) throws SQLException {
            transactions.txStep(
                    connection -> {
                        StepRecords.audit(connection, id, event);
                        return event;
                    },
                    event);
        }
    }

    @Override
    public String name() {
        return "DBOS Transact " + DBOS.version();
    }

    @Override
    public void lifecycle(int thread, Calls calls) throws Exception {
        String id = UUID.randomUUID().toString();
        WorkflowHandle<String, RuntimeException> handle =
                calls.time(() -> dbos.startWorkflow(() -> lifecycle.release(id), new StartWorkflowOptions(id)));
        for (String message : new String[] {"approved", "approved", "deploy"}) {
            calls.time(() -> {
                dbos.send(id, message, message);
                return true;
            });
        }
        if (!id.equals(handle.getResult())) {
            throw new IllegalStateException("The workflow did not succeed");
        }
    }

    @Override
    public void close() {
        dbos.shutdown();
    }
}
