package io.github.releasepipeline.examples.crashtest;

import io.github.releasepipeline.error.AdapterException;
import io.github.releasepipeline.policy.EnvironmentName;
import io.github.releasepipeline.target.Artifacts;
import io.github.releasepipeline.target.CanaryTarget;
import io.github.releasepipeline.target.Observation;
import io.github.releasepipeline.target.Probe;
import io.github.releasepipeline.target.RestoreSource;
import io.github.releasepipeline.target.StepCall;
import io.github.releasepipeline.target.StepOutcome;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * A target with a witness beside it, who lets one call through at a time and writes down each that the target did not refuse,
 * repetitions too. The witness decides nothing.
 */
final class WitnessedTarget implements CanaryTarget {
    private final CanaryTarget target;
    private final DataSource database;
    private final String environment;

    WitnessedTarget(CanaryTarget target, DataSource database, EnvironmentName environment) {
        this.target = target;
        this.database = database;
        this.environment = environment.value();
    }

    static void makeTables(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table witness_turn (environment text primary key)");
            statement.execute("create table witness (position bigserial primary key, environment text not null,"
                    + " attempt_key text not null, fencing_token bigint not null, step text not null)");
            for (EnvironmentName name : Setup.ENVIRONMENTS) {
                statement.execute("insert into witness_turn values ('" + name + "')");
            }
        }
    }

    private StepOutcome seen(StepCall call, Supplier<StepOutcome> made) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                takeTurn(connection);
                StepOutcome outcome = made.get();
                if (!(outcome instanceof StepOutcome.Fenced)) {
                    writeDown(connection, call);
                }
                connection.commit();
                return outcome;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw AdapterException.passing("The way to the target is broken: " + e.getMessage(), e);
        }
    }

    private void takeTurn(Connection connection) throws SQLException {
        try (PreparedStatement turn =
                connection.prepareStatement("select 1 from witness_turn where environment = ? for update")) {
            turn.setString(1, environment);
            turn.execute();
        }
    }

    private void writeDown(Connection connection, StepCall call) throws SQLException {
        try (PreparedStatement line = connection.prepareStatement(
                "insert into witness (environment, attempt_key, fencing_token, step) values (?, ?, ?, ?)")) {
            line.setString(1, environment);
            line.setString(2, call.attemptKey());
            line.setLong(3, call.fencingToken());
            line.setString(4, call.step().name());
            line.execute();
        }
    }

    @Override
    public Observation observe() {
        return target.observe();
    }

    @Override
    public StepOutcome check(StepCall call) {
        return seen(call, () -> target.check(call));
    }

    @Override
    public StepOutcome backUp(StepCall call) {
        return seen(call, () -> target.backUp(call));
    }

    @Override
    public StepOutcome stage(StepCall call, Artifacts artifacts) {
        return seen(call, () -> target.stage(call, artifacts));
    }

    @Override
    public StepOutcome canary(StepCall call, int percent) {
        return seen(call, () -> target.canary(call, percent));
    }

    @Override
    public StepOutcome activate(StepCall call) {
        return seen(call, () -> target.activate(call));
    }

    @Override
    public StepOutcome deactivate(StepCall call) {
        return seen(call, () -> target.deactivate(call));
    }

    @Override
    public StepOutcome restore(StepCall call, RestoreSource source) {
        return seen(call, () -> target.restore(call, source));
    }

    @Override
    public Probe probe(String attemptKey, long fencingToken) {
        return target.probe(attemptKey, fencingToken);
    }
}
